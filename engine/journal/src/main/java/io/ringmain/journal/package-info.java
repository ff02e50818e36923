/**
 * Dead letters and journals that outlive the process.
 *
 * <ul>
 *   <li><b>In</b>: failed events, from any lane; blocks of slots, from the journal's lane.
 *   <li><b>Out</b>: letters in the files of a queue, to be listed, tried again and purged; runs in others, to be replayed.
 *   <li><b>Thread</b>: stated per type.
 *   <li><b>May import</b>: {@code io.ringmain.spi}, {@code io.ringmain.config}, {@code io.ringmain.journal.internal}.
 * </ul>
 */
@NullMarked
package io.ringmain.journal;

import org.jspecify.annotations.NullMarked;
