/**
 * Windows as they are kept: panes, sessions, and what is given when.
 *
 * <ul>
 *   <li><b>In</b>: events with a time, from the lane that ends a segment.
 *   <li><b>Out</b>: results, in the order of (end, key group, key).
 *   <li><b>Thread</b>: the lane's; {@code Panes} say where two meet.
 *   <li><b>May import</b>: {@code window}, {@code spi}, {@code internal.ring}, {@code internal.run}, {@code internal.stage}, the JDK.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.window;

import org.jspecify.annotations.NullMarked;
