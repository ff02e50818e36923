/**
 * Files and standard streams as sources and sinks, and events as bytes.
 *
 * <ul>
 *   <li><b>In</b>: files, standard input, a generator; events that leave a pipeline.
 *   <li><b>Out</b>: {@link io.ringmain.logs.LogEvent} with its line; files, standard output.
 *   <li><b>Thread</b>: a source belongs to the intake thread, a sink and its encoder to the sink's lane.
 *   <li><b>May import</b>: {@code io.ringmain.logs}, {@code io.ringmain.spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.logs.file;

import org.jspecify.annotations.NullMarked;
