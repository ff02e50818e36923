/**
 * Events as rows of plain Java values, for tables, comparisons and reports.
 *
 * <ul>
 *   <li><b>In</b>: batches of log events.
 *   <li><b>Out</b>: rows; the order that people asked for.
 *   <li><b>Thread</b>: a sink's lane writes, others read when the pipeline is closed.
 *   <li><b>May import</b>: {@code io.ringmain.spi}, {@code io.ringmain.logs}.
 * </ul>
 */
@NullMarked
package io.ringmain.cli.rows;

import org.jspecify.annotations.NullMarked;
