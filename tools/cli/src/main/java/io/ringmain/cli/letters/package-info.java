/**
 * Dead letters on disk, as people see them.
 *
 * <ul>
 *   <li><b>In</b>: the directory of a store; what somebody wants to see of it.
 *   <li><b>Out</b>: letters with their state, chosen; texts, JSON, counts.
 *   <li><b>Thread</b>: the command's.
 *   <li><b>May import</b>: what the engine exports, Agrona.
 * </ul>
 */
@NullMarked
package io.ringmain.cli.letters;

import org.jspecify.annotations.NullMarked;
