/**
 * The crash laboratory: a plan in a process of its own that is killed again and again, and what it left compared with what it should have.
 *
 * <ul>
 *   <li><b>In</b>: generated lines, a plan, a way to die.
 *   <li><b>Out</b>: a table, an exit code, a file of JSON.
 *   <li><b>Thread</b>: main, and one that reads what the child says; the child has those of its pipeline.
 *   <li><b>May import</b>: {@code kit}, {@code io.ringmain.logs}, {@code io.ringmain.journal}; of the engine's inner rooms only the runner.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.chaos;

import org.jspecify.annotations.NullMarked;
