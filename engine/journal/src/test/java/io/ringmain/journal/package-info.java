/** Tests of the dead letters that outlive the process. */
@NullMarked
package io.ringmain.journal;

import org.jspecify.annotations.NullMarked;
