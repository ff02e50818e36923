package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.EdgeReport;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real threads, more events than the sink can take: none doubled or out of order, and every one accounted for. */
@Timeout(120)
@ExtendWith(NoThreadLeft.class)
class PolicyRunTest {

    private static final int PUBLISHERS = 3;
    private static final int EACH = 400_000;
    private static final int PUBLISHER_SHIFT = 32;

    enum Policy {
        BLOCK_FOR,
        DROP_NEWEST,
        DROP_OLDEST,
        SAMPLE,
        ADAPTIVE,
        SHED,
        SPILL
    }

    @TempDir
    private Path folder;

    private final long[] last = new long[PUBLISHERS];
    private long wrong;
    private long taken;

    private WhenFull whenFull(Policy policy, String name) {
        return switch (policy) {
            case BLOCK_FOR -> WhenFull.blockFor(Duration.ofNanos(50_000));
            case DROP_NEWEST -> WhenFull.dropNewest();
            case DROP_OLDEST -> WhenFull.dropOldest();
            case SAMPLE -> WhenFull.sample(0.3, 1);
            case ADAPTIVE -> WhenFull.adaptiveSample(1);
            case SHED -> WhenFull.shed(Cell.class, cell -> (int) cell.value & 7);
            case SPILL -> WhenFull.spill(folder.resolve(name), 1 << 20);
        };
    }

    /** Slow now and then, so that what is before it becomes full and empty again. */
    private void take(Cell cell) {
        int publisher = (int) (cell.value >> PUBLISHER_SHIFT);
        long number = cell.value & 0xFFFF_FFFFL;
        wrong += number > last[publisher] ? 0 : 1;
        last[publisher] = number;
        taken++;
        if ((taken & 0x3FFF) < 0x400) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void behindThePublishers(Policy policy) throws Exception {
        try (Pipeline<Cell> pipeline = Pipeline.of("policy", new PortableCell())
                .bound(256)
                .whenFull(whenFull(policy, "first.spill"))
                .whenFailed(WhenFailed.stop())
                .sink("out", Sink.each(this::take))
                .build()
                .start()) {
            long tried = publishFromAll(pipeline.publisher());

            check(pipeline.drain(Duration.ofSeconds(60)), tried);
        }
    }

    @ParameterizedTest
    @EnumSource
    void atAnEdge(Policy policy) throws Exception {
        try (Pipeline<Cell> pipeline = Pipeline.of("policy", new PortableCell())
                .bound(256)
                .whenFailed(WhenFailed.stop())
                .edge(whenFull(policy, "edge.spill"))
                .bound(64)
                .sink("out", Sink.each(this::take))
                .build()
                .start()) {
            long tried = publishFromAll(pipeline.publisher());

            check(pipeline.drain(Duration.ofSeconds(60)), tried);
        }
    }

    private void check(Report report, long tried) {
        Accounts end = report.segments().get(report.segments().size() - 1);
        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().received() + report.refused()).isEqualTo(tried);
        assertThat(end.delivered()).isEqualTo(taken);
        assertThat(end.delivered() + end.droppedInAll())
                .isEqualTo(report.accounts().received());
        assertThat(wrong).as("events out of order or doubled").isZero();
    }

    private static long publishFromAll(Publisher<Cell> publisher) throws Exception {
        List<CompletableFuture<Long>> threads = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            long origin = (long) i << PUBLISHER_SHIFT;
            var done = new CompletableFuture<Long>();
            threads.add(done);
            new Thread(() -> done.complete(publishAll(publisher, origin)), "publisher-" + i).start();
        }
        long tried = 0;
        for (CompletableFuture<Long> done : threads) {
            tried += done.get(100, TimeUnit.SECONDS);
        }
        return tried;
    }

    private static long publishAll(Publisher<Cell> publisher, long origin) {
        for (long number = 1; number <= EACH; ) {
            int count = (int) Math.min(1 + number % 7, EACH - number + 1);
            Publication outcome =
                    publisher.publishBatch(count, (cell, index, first) -> cell.value = first + index, origin + number);
            if (outcome == Publication.CLOSED || outcome == Publication.INTERRUPTED) {
                throw new AssertionError("The publisher was told " + outcome);
            }
            number += count;
        }
        return EACH;
    }

    /**
     * Five minutes with all policies at once, each at an edge of its own, and far more events than the last stage lets pass: the heap stays flat.
     * {@code -Dringmain.overload.seconds=N} makes it shorter.
     */
    @Test
    @Tag("slow")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void fiveMinutesOfOverloadInFlatMemory() {
        long seconds = Long.getLong("ringmain.overload.seconds", 300);
        var type = new PortableCell();
        try (Pipeline<Cell> pipeline = Pipeline.of("overload", type)
                .bound(1024)
                .whenFull(WhenFull.dropOldest())
                .whenFailed(WhenFailed.stop())
                .edge(WhenFull.sample(0.5, 1))
                .edge(WhenFull.adaptiveSample(2))
                .edge(WhenFull.shed(Cell.class, cell -> (int) cell.value & 7))
                .edge(WhenFull.spill(folder.resolve("overload.spill"), 1 << 22))
                .edge(WhenFull.blockFor(Duration.ofMillis(1)))
                .throttle("slow", 20_000, 100)
                .sink("out", Sink.each(this::take))
                .build()
                .start()) {
            long made = type.made();
            long startNs = System.nanoTime();
            long endNs = startNs + seconds * 1_000_000_000;
            long warmNs = startNs + seconds * 1_000_000_000 / 4;
            long tried = 0;
            long warmBytes = 0;
            for (long number = 1; System.nanoTime() < endNs; number += 100) {
                pipeline.publisher().publishBatch(100, (cell, index, first) -> cell.value = first + index, number);
                tried += 100;
                if (warmBytes == 0 && System.nanoTime() > warmNs) {
                    warmBytes = usedAfterCollection();
                }
            }
            long endBytes = usedAfterCollection();

            Report report = pipeline.drain(Duration.ofSeconds(60));

            assertThat(report.accounts().received()).isEqualTo(tried);
            assertThat(report.succeeded()).isTrue();
            assertThat(wrong).isZero();
            assertThat(type.made()).isEqualTo(made);
            assertThat(endBytes - warmBytes)
                    .as("bytes of heap more than when it was warm")
                    .isLessThan(2 << 20);
            for (EdgeReport edge : report.edges()) {
                long dropped = edge.dropped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                assertThat(edge.processed() + dropped).as(edge.toString()).isEqualTo(edge.received());
            }
            assertThat(report.edges().get(report.edges().size() - 1).processed())
                    .isEqualTo(taken);
        }
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
