/**
 * The {@code ringmain} command: what operators run.
 *
 * <ul>
 *   <li><b>In</b>: arguments, signals.
 *   <li><b>Out</b>: results on standard output, progress and errors on standard error, an exit code.
 *   <li><b>Thread</b>: the main thread; progress and signals have their own.
 *   <li><b>May import</b>: what the engine exports, {@code stat}, picocli, Agrona's clocks.
 * </ul>
 */
@NullMarked
package io.ringmain.cli;

import org.jspecify.annotations.NullMarked;
