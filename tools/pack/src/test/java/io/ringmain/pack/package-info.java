/** Tests of packing and unpacking. */
@NullMarked
package io.ringmain.pack;

import org.jspecify.annotations.NullMarked;
