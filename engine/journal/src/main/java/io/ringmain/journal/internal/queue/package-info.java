/**
 * Files of a Chronicle queue that we steer: one process writes, any may read.
 *
 * <ul>
 *   <li><b>In</b>: bytes, appended one excerpt at a time.
 *   <li><b>Out</b>: excerpts with a number each, checked, also while they are written and from files that are damaged.
 *   <li><b>Thread</b>: each object one.
 *   <li><b>May import</b>: Chronicle Queue, which no other package does.
 * </ul>
 */
@NullMarked
package io.ringmain.journal.internal.queue;

import org.jspecify.annotations.NullMarked;
