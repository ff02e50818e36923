/**
 * What you <em>decide</em>: each type answers one question about a pipeline.
 *
 * <ul>
 *   <li><b>In</b>: the embedder's choices.
 *   <li><b>Out</b>: immutable records, checked when made.
 *   <li><b>Thread</b>: any; nothing here changes.
 *   <li><b>May import</b>: the JDK only.
 * </ul>
 */
@NullMarked
package io.ringmain.config;

import org.jspecify.annotations.NullMarked;
