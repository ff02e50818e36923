package io.ringmain.internal.failure;

import io.ringmain.spi.FailureKind;

/** What the user's code says about its failures. */
@FunctionalInterface
public interface Classification {

    /** Says what {@code failure} is about. */
    FailureKind kindOf(Exception failure);
}
