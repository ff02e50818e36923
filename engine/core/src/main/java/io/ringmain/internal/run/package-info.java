/**
 * Threads, waiting and the order of life: the only room that reads a clock, sleeps or starts a thread.
 *
 * <ul>
 *   <li><b>In</b>: lanes, grouped by assembly.
 *   <li><b>Out</b>: calls of their {@code work} with the time, until the pipeline is closed.
 *   <li><b>Thread</b>: owns one per group of lanes and one supervisor.
 *   <li><b>May import</b>: {@code counters}, {@code config}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.run;

import org.jspecify.annotations.NullMarked;
