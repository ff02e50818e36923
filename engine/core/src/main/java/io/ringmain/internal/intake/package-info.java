/**
 * Asks sources for events, or takes them from publishing threads; claims slots, fills and publishes them.
 *
 * <ul>
 *   <li><b>In</b>: what sources and publishers have.
 *   <li><b>Out</b>: published slots of the first ring, what a policy dropped, and the end of input.
 *   <li><b>Thread</b>: one that takes from all sources in turn; a push source's own, which publishes like the embedder's threads, into the
 *       first ring if it is alone, else into a small one of its own.
 *   <li><b>May import</b>: {@code edge}, {@code ring}, {@code run}, {@code checkpoint}, {@code counters}, {@code config}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.intake;

import org.jspecify.annotations.NullMarked;
