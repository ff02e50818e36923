/** Tests of pictures in memory. */
@NullMarked
package io.ringmain.images.picture;

import org.jspecify.annotations.NullMarked;
