/**
 * From lines to fields: one parser per format, which fills an event in place and says by a code what it found.
 *
 * <ul>
 *   <li><b>In</b>: a {@link io.ringmain.logs.LogEvent} with its line.
 *   <li><b>Out</b>: the same event with time, level and fields, or a {@link io.ringmain.logs.parse.ParseResult} that says why not.
 *   <li><b>Thread</b>: a parser belongs to one lane, unless it says that it keeps nothing.
 *   <li><b>May import</b>: {@code io.ringmain.logs}, {@code io.ringmain.spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.logs.parse;

import org.jspecify.annotations.NullMarked;
