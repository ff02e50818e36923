/** Tests of counters, each case over every strategy where it can be. */
@NullMarked
package io.ringmain.counters;

import org.jspecify.annotations.NullMarked;
