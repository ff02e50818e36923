/**
 * What happens to a parsed event: filters, enrichers and aggregates.
 *
 * <ul>
 *   <li><b>In</b>: a {@link io.ringmain.logs.LogEvent} with fields.
 *   <li><b>Out</b>: the same event, filtered or with more fields; an aggregate gives rows, which are events too.
 *   <li><b>Thread</b>: as the interfaces of {@code io.ringmain.spi} say; what has no state says so.
 *   <li><b>May import</b>: {@code io.ringmain.logs}, {@code io.ringmain.logs.parse}, {@code io.ringmain.logs.expression},
 *       {@code io.ringmain.spi}.
 * </ul>
 */
@NullMarked
package io.ringmain.logs.step;

import org.jspecify.annotations.NullMarked;
