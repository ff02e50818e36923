/**
 * Work in place: stages on the events of one ring, emitters from one ring into the next.
 *
 * <ul>
 *   <li><b>In</b>: live events of a ring, in sequence order.
 *   <li><b>Out</b>: the same events, changed or marked with a verdict; results in the next ring.
 *   <li><b>Thread</b>: the lane's; lanes of a group share one.
 *   <li><b>May import</b>: {@code ring}, {@code run}, {@code checkpoint}, {@code counters}, {@code latency}, {@code failure}, {@code config}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.stage;

import org.jspecify.annotations.NullMarked;
