/** Tests of windows and watermarks, each case by its name. */
@NullMarked
package io.ringmain.window;

import org.jspecify.annotations.NullMarked;
