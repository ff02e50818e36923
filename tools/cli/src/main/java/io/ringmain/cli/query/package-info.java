/**
 * Questions in one line, {@code status >= 500 | count() by path | top 10}, as plans.
 *
 * <ul>
 *   <li><b>In</b>: the text of a question, the paths to read, a few lines to guess the format from.
 *   <li><b>Out</b>: the text of a plan, what to do with its rows, and where in the question a problem of the plan lies.
 *   <li><b>Thread</b>: one.
 *   <li><b>May import</b>: {@code cli.rows}, {@code io.ringmain.logs} with {@code plan} and {@code parse}.
 * </ul>
 */
@NullMarked
package io.ringmain.cli.query;

import org.jspecify.annotations.NullMarked;
