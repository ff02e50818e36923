/**
 * What dead letters and journals cost: to write, to read, to replay.
 *
 * <ul>
 *   <li><b>In</b>: options.
 *   <li><b>Out</b>: tables, exit codes, files in a directory for temporary ones.
 *   <li><b>Thread</b>: the measuring one.
 *   <li><b>May import</b>: the exported packages of core, logs and journal; {@code perf.kit}, {@code perf.logs}.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.journal;

import org.jspecify.annotations.NullMarked;
