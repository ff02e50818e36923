/**
 * Lines of logs to measure with: made up from a seed or read from a file, and what a pipeline does with them.
 *
 * <ul>
 *   <li><b>In</b>: a format, a seed, a file.
 *   <li><b>Out</b>: lines in memory, a source of them, stages, counts.
 *   <li><b>Thread</b>: lines may be shared; a source, a stage and counts belong to one lane.
 *   <li><b>May import</b>: the exported packages of core and logs.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.logs;

import org.jspecify.annotations.NullMarked;
