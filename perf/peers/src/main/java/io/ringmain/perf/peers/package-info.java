/**
 * Windows of Ringmain beside those of Flink and Hazelcast Jet.
 *
 * <ul>
 *   <li><b>In</b>: the command line.
 *   <li><b>Out</b>: a table on standard output, JSON, an exit code.
 *   <li><b>Thread</b>: main; each side has its own.
 *   <li><b>May import</b>: everything; nothing imports it.
 * </ul>
 */
@NullMarked
package io.ringmain.perf.peers;

import org.jspecify.annotations.NullMarked;
