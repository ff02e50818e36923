/**
 * Writes down what the first ring is given, before anybody works on it.
 *
 * <ul>
 *   <li><b>In</b>: the slots of the first ring, in sequence order, as they were published.
 *   <li><b>Out</b>: the same slots, untouched, once the journal has them; blocks of bytes for the journal.
 *   <li><b>Thread</b>: one of its own if the journal may block, else that of the lanes before it.
 *   <li><b>May import</b>: {@code ring}, {@code run}, {@code counters}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.journal;

import org.jspecify.annotations.NullMarked;
