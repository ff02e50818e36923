/**
 * Reads the plan, checks it, builds the rooms and connects them, then leaves: nothing here runs per event.
 *
 * <ul>
 *   <li><b>In</b>: what the builder was told.
 *   <li><b>Out</b>: rooms, grouped into threads, under one supervisor; or all problems at once.
 *   <li><b>Thread</b>: the builder's.
 *   <li><b>May import</b>: every room.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.assembly;

import org.jspecify.annotations.NullMarked;
