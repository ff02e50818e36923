/**
 * The mapped file in which a run shows its counts, and what reads it.
 *
 * <ul>
 *   <li><b>In</b>: reports of a pipeline, a few per second.
 *   <li><b>Out</b>: a file per process in a directory of the user; snapshots of it in any other process.
 *   <li><b>Thread</b>: none of its own; whoever shows progress also feeds the file.
 *   <li><b>May import</b>: what the engine exports, Agrona.
 * </ul>
 */
@NullMarked
package io.ringmain.cli.stat;

import org.jspecify.annotations.NullMarked;
