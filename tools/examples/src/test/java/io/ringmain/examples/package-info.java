/** The documentation as tests: its code blocks are compared with the examples, and the examples are run. */
@NullMarked
package io.ringmain.examples;

import org.jspecify.annotations.NullMarked;
