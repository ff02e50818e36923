/** Tests over the shape of the whole tree: which room may know which, and the house rules that a program can check. */
@NullMarked
package io.ringmain.architecture;

import org.jspecify.annotations.NullMarked;
