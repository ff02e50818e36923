/**
 * What you <em>write</em>: the interfaces between the engine and the program that embeds it.
 *
 * <ul>
 *   <li><b>In</b>: nothing; these are the shapes of what the embedder gives.
 *   <li><b>Out</b>: sources, stages, emitters, sinks, event types and runners, called by the rooms.
 *   <li><b>Thread</b>: stated per type.
 *   <li><b>May import</b>: the JDK only.
 * </ul>
 */
@NullMarked
package io.ringmain.spi;

import org.jspecify.annotations.NullMarked;
