/**
 * Pictures resized, blurred and brightened: a batch of heavy tasks on an elastic pool.
 *
 * <ul>
 *   <li><b>In</b>: the paths of pictures, and what to do with them.
 *   <li><b>Out</b>: pictures in another directory, and a record of each.
 *   <li><b>Thread</b>: stated per type.
 *   <li><b>May import</b>: what the engine's core exports, ImageIO.
 * </ul>
 */
@NullMarked
package io.ringmain.images;

import org.jspecify.annotations.NullMarked;
