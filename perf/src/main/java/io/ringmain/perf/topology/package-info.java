/**
 * Ours beside queues, executors and rings wired by hand, in shapes of several threads.
 *
 * <ul>
 *   <li><b>In</b>: numbers of events and rounds.
 *   <li><b>Out</b>: how many times as long the others take.
 *   <li><b>Thread</b>: main opens and closes each side; one or three threads publish.
 *   <li><b>May import</b>: the exported packages of core, the Disruptor, {@code kit}, {@code work}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.topology;

import org.jspecify.annotations.NullMarked;
