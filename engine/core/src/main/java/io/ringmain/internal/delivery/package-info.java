/**
 * Gathers batches, writes them to sinks, and settles what became of each event.
 *
 * <ul>
 *   <li><b>In</b>: events that have passed their stages.
 *   <li><b>Out</b>: batches for sinks; one outcome per event in the accounts; free slots for the writers.
 *   <li><b>Thread</b>: one per blocking sink; other sinks share that of the lanes before them, or have one each under {@code
 *       Threading.perStage()}; settling shares that of the last lanes if they share one.
 *   <li><b>May import</b>: {@code ring}, {@code run}, {@code checkpoint}, {@code counters}, {@code latency}, {@code failure}, {@code config}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.delivery;

import org.jspecify.annotations.NullMarked;
