/**
 * Programs that embed the engine, small enough to read at a glance; the README's blocks are regions of them.
 *
 * <ul>
 *   <li><b>In</b>: nothing.
 *   <li><b>Out</b>: what each prints.
 *   <li><b>Thread</b>: {@code main}, and the pipelines' own.
 *   <li><b>May import</b>: what an embedder may: {@code io.ringmain}, {@code config}, {@code spi}, {@code journal}, {@code logs}.
 * </ul>
 */
@NullMarked
package io.ringmain.examples;

import org.jspecify.annotations.NullMarked;
