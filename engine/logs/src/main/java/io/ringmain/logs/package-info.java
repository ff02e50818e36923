/**
 * What logs are: one event type, parsers that fill it in place, filters, enrichers and counts over it.
 *
 * <ul>
 *   <li><b>In</b>: lines of text as bytes.
 *   <li><b>Out</b>: {@link io.ringmain.logs.LogEvent} with level, source, message and fields; counts.
 *   <li><b>Thread</b>: stages and emitters as their interfaces say; what has no state says so.
 *   <li><b>May import</b>: {@code io.ringmain}, {@code config}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.logs;

import org.jspecify.annotations.NullMarked;
