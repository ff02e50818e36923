package io.ringmain.testing;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the contract suites say when a clause is broken: {@code what: actual (expected: …)}. */
final class ContractCheck {

    /** User code that a suite calls. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private ContractCheck() {}

    static void require(boolean kept, String what, @Nullable Object actual, String expected) {
        if (!kept) {
            throw broken(what, actual, expected);
        }
    }

    static void requireEqual(@Nullable Object actual, @Nullable Object expected, String what, String why) {
        require(Objects.equals(actual, expected), what, actual, expected + why);
    }

    static AssertionError broken(String what, @Nullable Object actual, String expected) {
        return new AssertionError(what + ": " + actual + " (expected: " + expected + ')');
    }

    /** Runs {@code action}, which the contract does not allow to fail. */
    static void mustNotFail(String what, Action action) {
        try {
            action.run();
        } catch (Exception failure) {
            throw new AssertionError(what + ": " + failure + " (expected: no exception)", failure);
        }
    }
}
