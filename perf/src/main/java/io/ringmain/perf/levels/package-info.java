/**
 * Level lines through rings and through queues, side by side.
 *
 * <ul>
 *   <li><b>In</b>: lines in memory, as bytes and as strings.
 *   <li><b>Out</b>: lines per second of both, with the counts that prove that both did the work.
 *   <li><b>Thread</b>: main starts each side and waits for it.
 *   <li><b>May import</b>: the exported packages of core and logs, {@code kit}, {@code logs}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.levels;

import org.jspecify.annotations.NullMarked;
