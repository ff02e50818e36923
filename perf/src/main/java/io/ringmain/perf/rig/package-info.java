/**
 * Measurements of a whole pipeline: a collector that never collects, idle CPU time, hand-off latency.
 *
 * <ul>
 *   <li><b>In</b>: durations, numbers of events.
 *   <li><b>Out</b>: figures with the bar they must keep.
 *   <li><b>Thread</b>: main starts each pipeline and closes it.
 *   <li><b>May import</b>: the exported packages of core and logs, {@code kit}, {@code logs}, {@code work}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.rig;

import org.jspecify.annotations.NullMarked;
