/**
 * How well a detector finds anomalies: the Numenta Anomaly Benchmark, by its own rules, on the series of a directory.
 *
 * <ul>
 *   <li><b>In</b>: series as CSV files, the windows in which something was wrong.
 *   <li><b>Out</b>: a table on standard output.
 *   <li><b>Thread</b>: main.
 *   <li><b>May import</b>: {@code kit}, {@code io.ringmain.window}, the JDK.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.nab;

import org.jspecify.annotations.NullMarked;
