/**
 * JMH benchmarks of both sides.
 *
 * <ul>
 *   <li><b>In</b>: what JMH asks for.
 *   <li><b>Out</b>: operations per second, bytes per operation.
 *   <li><b>Thread</b>: JMH's.
 *   <li><b>May import</b>: JMH, {@code work}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.jmh;

import org.jspecify.annotations.NullMarked;
