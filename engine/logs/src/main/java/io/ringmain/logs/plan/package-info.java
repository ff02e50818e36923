/**
 * A pipeline of logs as data: read from YAML or written in Java, checked as a whole, and built by calls on core's builder.
 *
 * <p>The way of a plan: text → tree of nodes with places → overrides → structure (parts and settings) → checks of options, fields and
 * expressions, part by part with the schema at that place → {@link io.ringmain.logs.plan.Plan} → pipeline. A plan made in Java takes the same way
 * from the tree on.
 *
 * <ul>
 *   <li><b>In</b>: the text of a plan, or calls of a builder; overrides.
 *   <li><b>Out</b>: a checked plan, or everything that is wrong with it; a pipeline.
 *   <li><b>Thread</b>: one, before the pipeline runs; what a reading returns does not change.
 *   <li><b>May import</b>: {@code io.ringmain}, {@code config}, {@code spi}, all of {@code io.ringmain.logs}, the YAML parser.
 * </ul>
 */
@NullMarked
package io.ringmain.logs.plan;

import org.jspecify.annotations.NullMarked;
