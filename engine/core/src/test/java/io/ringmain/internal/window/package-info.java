@NullMarked
package io.ringmain.internal.window;

import org.jspecify.annotations.NullMarked;
