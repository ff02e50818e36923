/**
 * Bytes allocated per event on each path of the engine, and of logs through it.
 *
 * <ul>
 *   <li><b>In</b>: a path, a number of events.
 *   <li><b>Out</b>: bytes of all threads of a pipeline.
 *   <li><b>Thread</b>: main, or the test's.
 *   <li><b>May import</b>: the exported packages of core and logs, {@code kit}, {@code logs}, {@code work}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.allocation;

import org.jspecify.annotations.NullMarked;
