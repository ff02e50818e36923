/**
 * What every room counts: single-writer counts, times held back, distinct failures.
 *
 * <ul>
 *   <li><b>In</b>: amounts, once per batch.
 *   <li><b>Out</b>: values for snapshots and reports.
 *   <li><b>Thread</b>: one writer per count, any reader.
 *   <li><b>May import</b>: the JDK only.
 * </ul>
 */
@NullMarked
package io.ringmain.internal.counters;

import org.jspecify.annotations.NullMarked;
