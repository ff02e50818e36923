/** Tests of the run over many pictures. */
@NullMarked
package io.ringmain.images;

import org.jspecify.annotations.NullMarked;
