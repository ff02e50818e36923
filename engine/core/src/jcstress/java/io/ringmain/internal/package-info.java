/** One stress test for each memory ordering made by hand; run them with {@code -Pstress}; {@link io.ringmain.internal.StressRun} sees that all do. */
@NullMarked
package io.ringmain.internal;

import org.jspecify.annotations.NullMarked;
