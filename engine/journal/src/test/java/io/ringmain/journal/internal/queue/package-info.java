/** Tests of the files. */
@NullMarked
package io.ringmain.journal.internal.queue;

import org.jspecify.annotations.NullMarked;
