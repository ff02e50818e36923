/**
 * How long events take, wait and are worked on: HdrHistogram behind one small class.
 *
 * <ul>
 *   <li><b>In</b>: nanoseconds with counts, from one lane.
 *   <li><b>Out</b>: histograms for reports.
 *   <li><b>Thread</b>: one writer each, any reader.
 *   <li><b>May import</b>: HdrHistogram.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.latency;

import org.jspecify.annotations.NullMarked;
