/**
 * The door: one command per measurement.
 *
 * <ul>
 *   <li><b>In</b>: the command line.
 *   <li><b>Out</b>: tables on standard output, an exit code.
 *   <li><b>Thread</b>: main.
 *   <li><b>May import</b>: every measurement; nothing imports it.
 * </ul>
 */
@NullMarked
package io.ringmain.perf;

import org.jspecify.annotations.NullMarked;
