/** Tests of the log events, parsers, stages and counts. */
@NullMarked
package io.ringmain.logs;

import org.jspecify.annotations.NullMarked;
