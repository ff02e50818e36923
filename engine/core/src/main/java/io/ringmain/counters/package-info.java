/**
 * Named counters that many threads share: changed exactly, moved between one another without overdrawing, and seen together as of one moment.
 *
 * <ul>
 *   <li><b>In</b>: changes of any thread; of {@link io.ringmain.counters.Counters#singleWriter a single writer} also a journal and the runs in it.
 *   <li><b>Out</b>: values, snapshots and what the threads waited for.
 *   <li><b>Thread</b>: any. Under a single writer one lane of a pipeline owns the values.
 *   <li><b>May import</b>: every room; nothing imports it.
 * </ul>
 */
@NullMarked
package io.ringmain.counters;

import org.jspecify.annotations.NullMarked;
