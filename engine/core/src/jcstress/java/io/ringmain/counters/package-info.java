/** jcstress over counters. */
@NullMarked
package io.ringmain.counters;

import org.jspecify.annotations.NullMarked;
