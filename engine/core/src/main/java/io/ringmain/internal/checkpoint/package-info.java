/**
 * A consistent cut through a running pipeline, so that a later run can go on there.
 *
 * <ul>
 *   <li><b>In</b>: what sources, stages, emitters and sinks say when a barrier comes to them, and the settling lanes that it has passed.
 *   <li><b>Out</b>: the barrier, and the checkpoint, whole, in the store.
 *   <li><b>Thread</b>: each part saves on its lane; the supervisor begins and stores.
 *   <li><b>May import</b>: {@code ring}, {@code run}, {@code config}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
