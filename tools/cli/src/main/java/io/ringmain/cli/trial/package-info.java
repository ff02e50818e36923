/**
 * Cases that are written beside a plan: inputs, and what must come of them.
 *
 * <ul>
 *   <li><b>In</b>: a file of cases and the plan that they are about.
 *   <li><b>Out</b>: a verdict for each case, with each difference and its place; a report in JUnit's XML.
 *   <li><b>Thread</b>: one: a case runs the real pipeline on the caller's thread, on a clock that the case moves.
 *   <li><b>May import</b>: {@code cli.rows}, {@code io.ringmain} with {@code spi} and {@code testing}, {@code io.ringmain.logs} with
 *       {@code plan}, the YAML parser.
 * </ul>
 */
@NullMarked
package io.ringmain.cli.trial;

import org.jspecify.annotations.NullMarked;
