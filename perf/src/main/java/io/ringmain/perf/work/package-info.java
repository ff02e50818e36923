/**
 * The work on an event that both sides of a comparison do, and how each side is assembled.
 *
 * <ul>
 *   <li><b>In</b>: a shape and a way to feed it.
 *   <li><b>Out</b>: a side that moves events and counts them.
 *   <li><b>Thread</b>: the caller publishes; each side owns its lanes.
 *   <li><b>May import</b>: the exported packages of core, the Disruptor, {@code kit}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.work;

import org.jspecify.annotations.NullMarked;
