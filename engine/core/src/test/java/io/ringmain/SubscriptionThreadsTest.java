package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Millions of events on real threads, while sinks join and leave all the time: each sees everything between, or knows what it missed. */
@Timeout(120)
@ExtendWith(NoThreadLeft.class)
class SubscriptionThreadsTest {

    private static final long COUNT = 3_000_000;
    private static final int PRESENT_MAX = 3;

    /** Checks that nothing is missing between the first event and the last but what it was told of. */
    private static final class Watcher implements Sink<Cell> {

        private final long published;
        private long next = -1;
        private long first = -1;
        private long wrong;
        private long lagged;
        private boolean closed;

        Watcher(long published) {
            this.published = published;
        }

        void lag(long count) {
            lagged += count;
            next = next < 0 ? next : next + count;
        }

        @Override
        public void write(Batch<Cell> batch) {
            for (int i = 0; i < batch.size(); i++) {
                long value = batch.event(i).value;
                if (next < 0) {
                    first = value;
                } else if (value != next) {
                    wrong++;
                }
                next = value + 1;
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private record Joined(Subscription subscription, Watcher watcher) {}

    @Test
    void whileSinksJoinAndLeaveEachSeesAllThatIsPublishedInBetween() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        Deque<Joined> present = new ArrayDeque<>();
        List<Joined> all = new ArrayList<>();
        var whole = new Watcher(0);
        Report report;
        try (Pipeline<Cell> pipeline = Pipeline.of("churn", Cell.TYPE)
                .bound(1024)
                .transform("touch", cell -> cell.value++)
                .whenFailed(WhenFailed.stop())
                .build()) {
            pipeline.subscribe("whole", whole, Subscribing.lossless());
            pipeline.start();
            Publisher<Cell> publisher = pipeline.publisher();
            for (long from = 0; from < COUNT; from += 50) {
                publish(publisher, from);
                // Behind the last event there is nothing that a newcomer could see.
                if (random.nextInt(40) == 0 && from + 50 < COUNT) {
                    Joined joined = join(pipeline, random.nextBoolean(), from + 50);
                    present.add(joined);
                    all.add(joined);
                }
                if (present.size() > PRESENT_MAX) {
                    present.remove().subscription().close();
                }
            }
            pipeline.endInput();
            report = pipeline.await();
        }

        assertThat(report.succeeded()).as("seed %s", seed).isTrue();
        assertThat(report.accounts().absorbed()).isEqualTo(COUNT);
        assertThat(whole.wrong).isZero();
        assertThat(whole.first).isEqualTo(1);
        assertThat(whole.next).isEqualTo(COUNT + 1);
        assertThat(all).as("seed %s", seed).hasSizeGreaterThan(1_000).allSatisfy(joined -> check(joined, present));
    }

    private static void publish(Publisher<Cell> publisher, long from) {
        Publication outcome = publisher.publishBatch(50, (cell, index, base) -> cell.value = base + index, from);
        assertThat(outcome).isEqualTo(Publication.PUBLISHED);
    }

    private static Joined join(Pipeline<Cell> pipeline, boolean lossy, long published) {
        var watcher = new Watcher(published);
        Subscribing way = lossy ? Subscribing.lossy(64, watcher::lag) : Subscribing.lossless();
        return new Joined(pipeline.subscribe("watcher", watcher, way), watcher);
    }

    private static void check(Joined joined, Deque<Joined> stayed) {
        Watcher watcher = joined.watcher();
        Report.SubscriberReport account = joined.subscription().report();
        assertThat(watcher.closed).isTrue();
        assertThat(watcher.wrong).as("gaps of %s", account).isZero();
        assertThat(account.lagged()).isEqualTo(watcher.lagged);
        assertThat(account.inFlight()).isNotNegative();
        if (stayed.contains(joined)) {
            assertThat(account.inFlight()).isZero();
            assertThat(watcher.next).isEqualTo(COUNT + 1);
            // What was published behind the call to join is not missed.
            assertThat(watcher.first - watcher.lagged).isLessThanOrEqualTo(watcher.published + 1);
        }
    }
}
