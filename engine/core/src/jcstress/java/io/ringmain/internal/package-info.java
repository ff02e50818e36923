/** One stress test for each memory ordering made by hand; run them with {@code -Pstress}. */
@NullMarked
package io.ringmain.internal;

import org.jspecify.annotations.NullMarked;
