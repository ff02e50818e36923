/** Tests of the command, in this JVM and in one of its own. */
@NullMarked
package io.ringmain.cli;

import org.jspecify.annotations.NullMarked;
