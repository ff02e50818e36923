/**
 * What windows cost: bytes for each key, time for each event, and how long closing one holds others up.
 *
 * <ul>
 *   <li><b>In</b>: made events.
 *   <li><b>Out</b>: figures and whether their bars were kept.
 *   <li><b>Thread</b>: the measuring one; in the last part those of a pipeline too.
 *   <li><b>May import</b>: core, {@code kit}, HdrHistogram, the JDK.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.windows;

import org.jspecify.annotations.NullMarked;
