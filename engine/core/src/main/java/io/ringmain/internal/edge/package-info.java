/**
 * What stands before a ring when {@code WhenFull} is more than to block: coins, a clock, a waiting room, a file.
 *
 * <ul>
 *   <li><b>In</b>: events that an intake or an emitter claims, fills and commits.
 *   <li><b>Out</b>: those that the policy lets through, in order, in the ring; the others counted, each with a reason.
 *   <li><b>Thread</b>: the ring's one writer; with publishing threads whoever holds the lock of their intake.
 *   <li><b>May import</b>: {@code ring}, {@code counters}, {@code config}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.edge;

import org.jspecify.annotations.NullMarked;
