package io.ringmain.cli.trial;

import io.ringmain.Accounts;
import java.util.List;

/** The numbers of an account by the names that reports use. */
final class AccountNames {

    static final List<String> ALL =
            List.of("received", "delivered", "absorbed", "filtered", "dropped", "dead_lettered", "parked", "in_flight");

    private AccountNames() {}

    static long read(Accounts accounts, String name) {
        return switch (name) {
            case "received" -> accounts.received();
            case "delivered" -> accounts.delivered();
            case "absorbed" -> accounts.absorbed();
            case "filtered" -> accounts.filtered();
            case "dropped" -> accounts.droppedInAll();
            case "dead_lettered" -> accounts.deadLettered();
            case "parked" -> accounts.parked();
            case "in_flight" -> accounts.inFlight();
            default -> throw new IllegalArgumentException(name + " (expected: one of " + ALL + ')');
        };
    }
}
