package io.ringmain.cli;

import io.ringmain.config.Backoff;
import io.ringmain.config.Breaker;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.JsonText;
import java.time.Duration;

/** What becomes of events that fail, in words and as JSON. */
final class FateText {

    private FateText() {}

    /** The fate of an event that failed: {@code it is dropped and counted}. */
    static String of(WhenFailed whenFailed) {
        if (!(whenFailed instanceof WhenFailed.Retry retry)) {
            return word(whenFailed);
        }
        Duration within = retry.within();
        return "what is behind it waits while it is tried again, up to " + Numbers.counted(retry.retries(), "time")
                + pauses(retry.backoff())
                + (within == null ? "" : ", within " + Numbers.seconds(within) + " of the first failure")
                + "; then " + word(retry.then());
    }

    private static String pauses(Backoff backoff) {
        String drawn = backoff.jitter() ? ", after pauses drawn from none to " : ", after pauses of ";
        return drawn + Numbers.seconds(backoff.first()) + " at first, at most " + Numbers.seconds(backoff.cap());
    }

    private static String word(WhenFailed last) {
        if (last.buries()) {
            return "it is kept as a dead letter";
        }
        return last.equals(WhenFailed.skip()) ? "it is dropped and counted" : "the run stops";
    }

    /** When a sink is left alone, to be read behind its name. */
    static String of(Breaker breaker) {
        return " is left alone after " + Numbers.counted(breaker.after(), "failed attempt") + " in a row, for "
                + Numbers.seconds(breaker.pause()) + " at first, at most " + Numbers.seconds(breaker.cap())
                + ", then probed; what comes waits in the ring";
    }

    static void json(JsonText json, WhenFailed whenFailed) {
        json.name("when_failed").beginObject();
        if (whenFailed instanceof WhenFailed.Retry retry) {
            Backoff backoff = retry.backoff();
            Duration within = retry.within();
            json.name("retry").number(retry.retries());
            json.name("backoff_seconds").number(backoff.first().toNanos() / 1e9);
            json.name("cap_seconds").number(backoff.cap().toNanos() / 1e9);
            json.name("jitter").bool(backoff.jitter());
            if (within != null) {
                json.name("within_seconds").number(within.toNanos() / 1e9);
            }
        }
        json.name("then").string(PartText.whenFailed(whenFailed.last())).endObject();
    }

    static void json(JsonText json, Breaker breaker) {
        json.name("breaker").beginObject().name("after").number(breaker.after());
        json.name("pause_seconds").number(breaker.pause().toNanos() / 1e9);
        json.name("cap_seconds").number(breaker.cap().toNanos() / 1e9).endObject();
    }
}
