/** What the tests of all modules share; the other modules get it as the test-jar of core. */
@NullMarked
package io.ringmain.kit;

import org.jspecify.annotations.NullMarked;
