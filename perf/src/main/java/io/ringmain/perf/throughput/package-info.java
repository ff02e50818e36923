/**
 * How fast lines of logs are read, parsed and counted, with what the machine could do beside it.
 *
 * <ul>
 *   <li><b>In</b>: a log file, or made lines; a command to compare with.
 *   <li><b>Out</b>: lines and bytes per second of each part, from raw bytes to whole pipelines and processes.
 *   <li><b>Thread</b>: main runs one pass at a time.
 *   <li><b>May import</b>: the exported packages of core and logs, {@code kit}, {@code logs}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.throughput;

import org.jspecify.annotations.NullMarked;
