package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Threading;
import io.ringmain.config.Waiting;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many events, several publishers, several lanes: none lost, doubled or out of order. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class LargeRunTest {

    private static final int PUBLISHERS = 4;

    /** Events carry their publisher in the upper half and count up from 1 in the lower. */
    private static final int PUBLISHER_SHIFT = 32;

    /** Checks the order per publisher while the events come, so that none needs to be kept. */
    private static final class OrderCheck {
        private final long[] last = new long[PUBLISHERS];
        private long wrong;

        private void take(Cell cell) {
            int publisher = (int) (cell.value >> PUBLISHER_SHIFT);
            long number = cell.value & 0xFFFF_FFFFL;
            if (number != last[publisher] + 1) {
                wrong++;
            }
            last[publisher] = number;
        }
    }

    @ParameterizedTest(name = "{0} events per publisher, {1} at a time, bound {2}, {3}")
    @CsvSource({"1250000,1,8192,BLOCKING", "1250000,50,8192,BLOCKING", "100000,7,100,BLOCKING", "100000,1,1024,YIELDING"
    })
    void nothingIsLostDoubledOrOutOfOrder(int each, int batch, int bound, Waiting waiting) throws Exception {
        var check = new OrderCheck();
        long[] hops = new long[1];
        try (Pipeline<Cell> pipeline = Pipeline.of("large", Cell.TYPE)
                .bound(bound)
                .transform("first", cell -> cell.value++)
                .transform("second", cell -> cell.value ^= 1L << 60)
                .filter("third", cell -> {
                    hops[0]++;
                    cell.value ^= 1L << 60;
                    return true;
                })
                .sink("out", Sink.each(check::take))
                .whenFailed(WhenFailed.stop())
                .threading(Threading.perStage())
                .waiting(waiting)
                .build()
                .start()) {
            publishFromAll(pipeline.publisher(), each, batch);

            Report report = pipeline.drain(Duration.ofSeconds(30));

            long all = (long) PUBLISHERS * each;
            assertThat(report.succeeded()).isTrue();
            assertThat(report.accounts().received()).isEqualTo(all);
            assertThat(report.accounts().delivered()).isEqualTo(all);
            assertThat(report.latency().count()).isEqualTo(all);
            assertThat(hops[0]).isEqualTo(all);
            assertThat(check.wrong).isZero();
            assertThat(check.last).containsOnly(each);
        }
    }

    private static void publishFromAll(Publisher<Cell> publisher, int each, int batch) throws Exception {
        List<CompletableFuture<Boolean>> threads = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            long origin = (long) i << PUBLISHER_SHIFT;
            var done = new CompletableFuture<Boolean>();
            threads.add(done);
            new Thread(() -> done.complete(publishAll(publisher, origin, each, batch)), "publisher-" + i).start();
        }
        for (CompletableFuture<Boolean> done : threads) {
            assertThat(done.get(50, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean publishAll(Publisher<Cell> publisher, long origin, int each, int batch) {
        boolean published = true;
        for (long number = 0; number < each; ) {
            int count = (int) Math.min(batch, each - number);
            long from = origin + number;
            Publication outcome = count == 1
                    ? publisher.publish((cell, value) -> cell.value = value, from)
                    : publisher.publishBatch(count, (cell, index, first) -> cell.value = first + index, from);
            published &= outcome == Publication.PUBLISHED;
            number += count;
        }
        return published;
    }

    @ParameterizedTest(name = "{0} cores, bound {1}")
    @CsvSource({"2,8192", "3,100", "6,1024", "2,1"})
    void stripesKeepTheOrderAndMissNothing(int cores, int bound) {
        int count = bound == 1 ? 100_000 : 2_000_000;
        long[] seen = new long[2];
        try (Pipeline<Cell> pipeline = Pipeline.of("striped", Cell.TYPE)
                .bound(bound)
                .threading(new Threading.Auto(cores))
                .source("numbers", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(count))
                .striped("double", () -> cell -> {
                    cell.value *= 2;
                    return true;
                })
                .striped("keep", () -> cell -> cell.value % 6 != 0)
                .transform("order", cell -> {
                    seen[1] += cell.value > seen[0] ? 0 : 1;
                    seen[0] = cell.value;
                })
                .sink("end", Sink.each(cell -> {}))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            Report report = pipeline.await();

            assertThat(report.accounts().received()).isEqualTo(count);
            assertThat(report.accounts().delivered() + report.accounts().filtered())
                    .isEqualTo(count);
            assertThat(report.stages().get(1).in()).isEqualTo(count);
            assertThat(report.stages().get(1).filtered())
                    .isEqualTo(report.accounts().filtered());
        }
        assertThat(seen[1]).as("events out of order").isZero();
    }
}
