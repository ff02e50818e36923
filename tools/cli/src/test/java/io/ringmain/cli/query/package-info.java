/** Tests of the package of the same name. */
@NullMarked
package io.ringmain.cli.query;

import org.jspecify.annotations.NullMarked;
