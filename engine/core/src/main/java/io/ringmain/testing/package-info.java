/**
 * What you <em>check with</em>: a runner for one thread, a clock to move by hand, sources and sinks that do as they are told, and
 * contract suites for what you wrote. Plain Java: a broken contract is an {@link java.lang.AssertionError}.
 *
 * <ul>
 *   <li><b>In</b>: a seed, a script, an implementation to check.
 *   <li><b>Out</b>: a run that repeats, or an error that says what is broken.
 *   <li><b>Thread</b>: stated per type.
 *   <li><b>May import</b>: {@code io.ringmain}, {@code config}, {@code spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.testing;

import org.jspecify.annotations.NullMarked;
