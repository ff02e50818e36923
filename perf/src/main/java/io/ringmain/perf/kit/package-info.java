/**
 * What every measurement needs: options, the machine's description and load, medians, child processes.
 *
 * <ul>
 *   <li><b>In</b>: arguments, figures.
 *   <li><b>Out</b>: checked options, lines of text.
 *   <li><b>Thread</b>: the measuring one.
 *   <li><b>May import</b>: the JDK only.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.kit;

import org.jspecify.annotations.NullMarked;
