@NullMarked
package io.ringmain.counters;

import org.jspecify.annotations.NullMarked;
