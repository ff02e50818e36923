/**
 * Pictures in memory: read, changed, written. Knows nothing of pipelines.
 *
 * <ul>
 *   <li><b>In</b>: the bytes of a file.
 *   <li><b>Out</b>: the bytes of another one.
 *   <li><b>Thread</b>: any, a picture belongs to one at a time.
 *   <li><b>May import</b>: ImageIO and its readers; of the engine only how a failure names its reason.
 * </ul>
 */
@NullMarked
package io.ringmain.images.picture;

import org.jspecify.annotations.NullMarked;
