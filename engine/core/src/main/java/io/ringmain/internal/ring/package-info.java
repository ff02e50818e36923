/**
 * Slots, sequences and barriers: the only room that knows the Disruptor.
 *
 * <ul>
 *   <li><b>In</b>: events that a writer fills in place.
 *   <li><b>Out</b>: the same events, to one lane after the other, in sequence order.
 *   <li><b>Thread</b>: writers and lanes, each on its own side of a sequence; see {@code engine/docs/memory-order.md}.
 *   <li><b>May import</b>: the Disruptor, {@code counters}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.ring;

import org.jspecify.annotations.NullMarked;
