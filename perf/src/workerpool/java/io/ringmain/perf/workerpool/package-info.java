/**
 * What must be compiled against Disruptor 3.4.4, which is not on the class path of anything else.
 *
 * <ul>
 *   <li><b>In</b>: how events get in.
 *   <li><b>Out</b>: a side of a comparison, found by its name.
 *   <li><b>Thread</b>: as every side.
 *   <li><b>May import</b>: Disruptor 3.4.4, {@code topology}, {@code work}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.workerpool;

import org.jspecify.annotations.NullMarked;
