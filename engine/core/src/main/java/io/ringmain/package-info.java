/**
 * What you <em>call</em>: describe a pipeline, start it, look at it, close it.
 *
 * <ul>
 *   <li><b>In</b>: sources, stages and sinks of the embedder.
 *   <li><b>Out</b>: a running pipeline and its report.
 *   <li><b>Thread</b>: any.
 *   <li><b>May import</b>: every room; nothing imports it.
 * </ul>
 */
@NullMarked
package io.ringmain;

import org.jspecify.annotations.NullMarked;
