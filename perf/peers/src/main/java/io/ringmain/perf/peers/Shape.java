package io.ringmain.perf.peers;

import java.time.Duration;
import java.util.Locale;

/** What is computed, and of which events. */
enum Shape {
    /**
     * Nexmark's query 5: how many bids each auction got in the last 10 s, every 2 s, and of those the auction that got most (of several the one with the least number). Of 50 events one is a person,
     * three are auctions and 46 are bids; of these half go to an auction that is hot for a while, the rest to any of 10,000.
     */
    Q5(10_000, 2_000, 10_000, 100, 100),
    /** An access log: number and bytes of the requests of each minute, by status. */
    LOG(60_000, 60_000, 8, 10, 1_000);

    private final long sizeMs;
    private final long slideMs;
    private final int keys;
    private final int eventsPerMs;
    private final int disorderMs;

    Shape(long sizeMs, long slideMs, int keys, int eventsPerMs, int disorderMs) {
        this.sizeMs = sizeMs;
        this.slideMs = slideMs;
        this.keys = keys;
        this.eventsPerMs = eventsPerMs;
        this.disorderMs = disorderMs;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    long sizeMs() {
        return sizeMs;
    }

    long slideMs() {
        return slideMs;
    }

    Duration size() {
        return Duration.ofMillis(sizeMs);
    }

    Duration slide() {
        return Duration.ofMillis(slideMs);
    }

    int keys() {
        return keys;
    }

    /** How many events there are in a millisecond of their own time. */
    int eventsPerMs() {
        return eventsPerMs;
    }

    /** By how much an event may be older than one before it, in milliseconds. */
    int disorderMs() {
        return disorderMs;
    }

    /** Whether only the key with the highest count of each window is wanted. */
    boolean isHottestOnly() {
        return this == Q5;
    }
}
