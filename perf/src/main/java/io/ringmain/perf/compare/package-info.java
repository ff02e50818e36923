/**
 * What an embedder would write without the engine, beside what the engine does.
 *
 * <ul>
 *   <li><b>In</b>: the arguments of {@code compare}.
 *   <li><b>Out</b>: tables, and the same as JSON.
 *   <li><b>Thread</b>: stated per type.
 *   <li><b>May import</b>: what core exports, {@code io.ringmain.perf.kit}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.compare;

import org.jspecify.annotations.NullMarked;
