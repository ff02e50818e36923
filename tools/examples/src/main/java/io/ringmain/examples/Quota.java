package io.ringmain.examples;

import io.ringmain.Pipeline;
import io.ringmain.config.WhenFailed;
import io.ringmain.counters.Counter;
import io.ringmain.counters.Counters;
import io.ringmain.counters.Transfer;
import io.ringmain.spi.Sink;

/** The program of the page on counters: a quota that the workers of a pool, and as many pipelines as one likes, share. */
public final class Quota {

    private Quota() {}

    /** The event: who asks, and for how much. */
    static final class Request {
        private long units;

        void ask(Long howMuch) {
            units = howMuch;
        }
    }

    /** Runs the example. */
    public static void main(String[] args) {
        // tag::quota[]
        try (Counters counters = Counters.atomic()) {
            Counter left = counters.counter("left");
            Counter used = counters.counter("used");
            left.set(1000);
            try (var requests = Pipeline.of("requests", Request::new)
                    .pool("quota", 2, 4, () -> request -> counters.transfer(left, used, request.units) == Transfer.DONE)
                    .sink("granted", Sink.each(request -> {}))
                    .whenFailed(WhenFailed.stop())
                    .build()
                    .start()) {
                for (long i = 0; i < 500; i++) {
                    requests.publisher().publish(Request::ask, 3L);
                }
            }
            System.out.println(counters.snapshot());
        }
        // end::quota[]
    }
}
