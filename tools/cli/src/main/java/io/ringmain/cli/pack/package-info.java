/**
 * What {@code pack} and {@code unpack} read from their arguments, and what they say for programs.
 *
 * <ul>
 *   <li><b>In</b>: the texts of options and paths; the reports of flows.
 *   <li><b>Out</b>: numbers, pairs of files, JSON.
 *   <li><b>Thread</b>: one.
 *   <li><b>May import</b>: {@code io.ringmain.pack}, {@code io.ringmain.logs} for JSON.
 * </ul>
 */
@NullMarked
package io.ringmain.cli.pack;

import org.jspecify.annotations.NullMarked;
