/**
 * What becomes of an event that failed: tried again, skipped, kept as a dead letter, or the end of the pipeline.
 *
 * <ul>
 *   <li><b>In</b>: the exception of a stage, an emitter or a sink, with the place where it happened.
 *   <li><b>Out</b>: a decision for the lane, and dead letters.
 *   <li><b>Thread</b>: the failing lane's.
 *   <li><b>May import</b>: {@code ring}, {@code run}, {@code counters}, {@code config}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.failure;

import org.jspecify.annotations.NullMarked;
