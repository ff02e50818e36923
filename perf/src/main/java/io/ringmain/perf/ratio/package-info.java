/**
 * Ours against a hand-wired Disruptor, in one JVM.
 *
 * <ul>
 *   <li><b>In</b>: numbers of events and pairs.
 *   <li><b>Out</b>: ratios of times.
 *   <li><b>Thread</b>: main publishes.
 *   <li><b>May import</b>: {@code kit}, {@code work}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.ratio;

import org.jspecify.annotations.NullMarked;
