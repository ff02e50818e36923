/**
 * What you <em>compute over time</em>: windows of the events' own time, and how far that time has come.
 *
 * <p>Times are epoch nanoseconds unless a type says otherwise; a window is {@code [start, end)}. A watermark {@code w} says that no event with a time {@code <= w} is expected any
 * more. The meaning of all this is Apache Flink's, so that answers can be compared.
 *
 * <ul>
 *   <li><b>In</b>: events with a time, in the order of their ring.
 *   <li><b>Out</b>: results of windows, in the order of their ends.
 *   <li><b>Thread</b>: records any; what remembers something one lane.
 *   <li><b>May import</b>: {@code config}, {@code spi}, the JDK.
 * </ul>
 */
@NullMarked
package io.ringmain.window;

import org.jspecify.annotations.NullMarked;
