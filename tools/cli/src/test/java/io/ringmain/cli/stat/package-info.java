/** Tests of the mapped file: both sides of it in this JVM. */
@NullMarked
package io.ringmain.cli.stat;

import org.jspecify.annotations.NullMarked;
