package io.ringmain.examples;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.Batching;
import io.ringmain.config.Edge;
import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.spi.Batch;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Stage;
import java.time.Duration;

/** The program of the page on shapes: a pool, a partition, routes, a sink behind a ring of its own, and a subscriber. */
public final class Shapes {

    private Shapes() {}

    /** The event: who did what. */
    static final class Click {

        static final EventType<Click> TYPE = EventType.of(Click::new, Click::clear, Click::copy);

        private long user;
        private boolean paid;
        private long ofUser;

        private void clear() {
            user = 0;
            paid = false;
            ofUser = 0;
        }

        private static void copy(Click from, Click to) {
            to.user = from.user;
            to.paid = from.paid;
            to.ofUser = from.ofUser;
        }

        private boolean decide() {
            paid = user % 3 == 0;
            return true;
        }
    }

    /** Numbers the clicks of each user. There is one for each of 128 groups of keys, so it needs no lock. */
    static final class Numbering implements Stage<Click> {

        private final long[] seen = new long[1000];

        @Override
        public boolean process(Click click) {
            click.ofUser = ++seen[(int) click.user];
            return true;
        }
    }

    private static void nothing(Batch<Click> batch) {
        // A real one would write.
    }

    /** Runs the example. */
    public static void main(String[] args) {
        // tag::shapes[]
        try (var clicks = Pipeline.of("clicks", Click.TYPE)
                .merging() // sources beside publishers; they come and go
                .pool("decide", 1, 4, () -> Click::decide) // workers as needed, order as before
                .partitionBy("number", click -> click.user, 2, Numbering::new) // a user's clicks in order
                .throttle("calm", 100_000, 1_000)
                .routes("kinds", to -> to.when(click -> click.paid)
                        .sink("billing", Shapes::nothing)
                        .otherwise()
                        .sink("statistics", Shapes::nothing, Batching.DEFAULT, Edge.of(WhenFull.dropOldest())))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            clicks.subscribe("audit", Shapes::nothing, Subscribing.lossless()); // all from now on
            clicks.pool("decide").resize(2);
            clicks.partitions("number").lanes(1);
            for (long i = 0; i < 900; i++) {
                clicks.publisher().publish((click, user) -> click.user = user, i % 10);
            }
            Report report = clicks.drain(Duration.ofSeconds(5));
            report.sinks().forEach(sink -> System.out.println(sink.name() + ": " + sink.delivered()));
            report.subscribers().forEach(one -> System.out.println(one.name() + ": " + one.delivered()));
            System.out.println(report.accounts());
        }
        // end::shapes[]
    }
}
