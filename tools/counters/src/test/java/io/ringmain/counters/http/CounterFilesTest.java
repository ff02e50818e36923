package io.ringmain.counters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.PipelineException;
import io.ringmain.config.Durability;
import io.ringmain.counters.Counter;
import io.ringmain.counters.CounterLimits;
import io.ringmain.counters.Counters;
import io.ringmain.counters.DurableCounters;
import io.ringmain.counters.Transfer;
import io.ringmain.journal.JournalRun;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was done is there at the next start, whichever of checkpoint and journal is older, and what the checkpoint has is not kept twice. */
@Timeout(120)
class CounterFilesTest {

    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private Counters open(Path directory, Duration checkpointEvery) {
        return Counters.singleWriter(CounterLimits.DEFAULT, CounterFiles.in(directory, checkpointEvery));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    /** Does operations of all kinds at random. */
    private static void change(Counters counters, Random random, int count) {
        for (int i = 0; i < count; i++) {
            Counter one = counters.counter("counter-" + random.nextInt(12));
            Counter other = counters.counter("counter-" + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> one.swap(random.nextInt(1000));
                case 1 -> one.max(random.nextInt(1000));
                case 2 -> one.compareAndSet(one.get(), random.nextInt(1000));
                case 3 -> counters.transfer(one, other, random.nextInt(200));
                case 4 -> counters.snapshot();
                default -> one.add(random.nextInt(200) - 100);
            }
        }
    }

    @Test
    void whatWasDoneIsThereAtTheNextStart() throws IOException {
        try (Counters counters = open(folder, NEVER)) {
            counters.counter("a").set(41);
            counters.counter("b");
            counters.counter("a").increment();
        }

        try (Counters counters = open(folder, NEVER)) {
            assertThat(counters.snapshot()).isEqualTo(Map.of("a", 42L, "b", 0L));
            assertThat(counters.transfer(counters.counter("a"), counters.counter("b"), 2))
                    .isEqualTo(Transfer.DONE);
        }

        try (Counters counters = open(folder, NEVER)) {
            assertThat(counters.snapshot()).isEqualTo(Map.of("a", 40L, "b", 2L));
        }
    }

    /** Counters that drop nothing, in small runs. */
    private Counters openKeepingAll(Path directory, Duration checkpointEvery) {
        DurableCounters files = CounterFiles.in(directory, checkpointEvery);
        return Counters.singleWriter(
                CounterLimits.DEFAULT,
                new DurableCounters(files.journal(), visitor -> files.past().each(visitor), files.checkpointing())
                        .runBytesMax(DurableCounters.RUN_BYTES_MIN));
    }

    /** The checkpoints of all ages that there were, each with all of the journal behind it. */
    @Test
    void anyCheckpointAndTheJournalGiveTheSameValues() throws IOException {
        long seed = new Random().nextLong();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed=" + seed);
        var random = new Random(seed);
        Map<String, Long> last = Map.of();
        Map<String, Path> checkpoints = new LinkedHashMap<>();
        Path directory = folder.resolve("counters");
        checkpoints.put("none", folder.resolve("none"));
        for (int life = 0; life < 4; life++) {
            try (Counters counters = openKeepingAll(directory, Duration.ofMillis(life == 2 ? 1 : 86_400_000))) {
                assertThat(counters.snapshot())
                        .as("seed=%d life=%d", seed, life)
                        .isEqualTo(last);
                change(counters, random, 500);
                Path during = folder.resolve("during" + life);
                Files.createDirectory(during);
                Files.copy(directory.resolve("checkpoint/checkpoint"), during.resolve("checkpoint"));
                checkpoints.put("during " + life, during);
                change(counters, random, 500);
                last = counters.snapshot();
            }
        }

        for (Map.Entry<String, Path> checkpoint : checkpoints.entrySet()) {
            Path again = folder.resolve("again of " + checkpoint.getKey());
            Files.createDirectory(again);
            copy(directory.resolve("journal"), again.resolve("journal"));
            if (!checkpoint.getKey().equals("none")) {
                copy(checkpoint.getValue(), again.resolve("checkpoint"));
            }
            try (Counters counters = open(again, NEVER)) {
                assertThat(counters.snapshot())
                        .as("seed=%d from %s", seed, checkpoint.getKey())
                        .isEqualTo(last);
            }
        }
    }

    @Test
    void aRunThatIsMissingIsNoticed() throws IOException {
        try (Counters counters = open(folder, NEVER)) {
            counters.counter("a").increment();
        }
        try (Counters counters = open(folder, NEVER)) {
            counters.counter("a").increment();
        }
        Files.delete(folder.resolve("checkpoint/checkpoint"));

        assertThat(JournalRun.in(folder.resolve("journal")))
                .as("the first is in the checkpoint")
                .hasSize(1);
        assertThatThrownBy(() -> open(folder, NEVER))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("begins a run behind operation 2")
                .hasMessageContaining("but only 0 are known (expected: all)");
    }

    @Test
    void whatTheCheckpointHasIsDroppedFromTheDisk() throws Exception {
        Path directory = folder.resolve("counters");
        DurableCounters files = CounterFiles.in(directory, NEVER).runBytesMax(32 << 10);
        var runsMax = new AtomicLong();
        long each = 4000;
        try (Counters counters = Counters.singleWriter(CounterLimits.DEFAULT, files)) {
            Counter counter = counters.counter("a");
            List<Thread> threads = new ArrayList<>();
            List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 8; i++) {
                Counter own = counters.counter("own-" + i);
                var thread = new Thread(() -> {
                    for (long n = 0; n < each; n++) {
                        counter.increment();
                        assertThat(own.fetchAdd(1)).isEqualTo(n);
                        if (n % 20 == 0) {
                            runsMax.accumulateAndGet(files(directory), Math::max);
                        }
                    }
                });
                thread.setUncaughtExceptionHandler((who, failure) -> wrong.add(failure));
                threads.add(thread);
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(wrong).isEmpty();
            assertThat(counter.get()).isEqualTo(8 * each);
        }

        List<JournalRun> left = JournalRun.in(directory.resolve("journal"));
        assertThat(left).hasSize(1);
        assertThat(left.get(0).id() >>> Integer.SIZE)
                .as("the number of the last run")
                .isGreaterThan(20);
        assertThat(runsMax).as("files at a time, one a run").hasValueLessThanOrEqualTo(3);
        try (Counters counters = open(directory, NEVER)) {
            assertThat(counters.counter("a").get()).isEqualTo(8 * each);
        }
    }

    private static long files(Path directory) {
        try (Stream<Path> all = Files.list(directory.resolve("journal"))) {
            return all.filter(file -> file.toString().endsWith(".cq4")).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a disk has got after a power cut: the last block only in part, or one before it. */
    @ParameterizedTest
    @CsvSource({"1, true", "300, false"})
    void aRunEndsWhereItsLastBlockIsNotWhole(int bytesFromTheEnd, boolean isItsEnd) throws IOException {
        Path directory = folder.resolve("counters");
        Path cut = folder.resolve("cut");
        try (Counters counters = open(directory, NEVER)) {
            for (int i = 0; i < 100; i++) {
                counters.counter("a").increment();
            }
            copy(directory, cut);
        }
        damageLastFile(cut.resolve("journal"), bytesFromTheEnd);

        if (isItsEnd) {
            for (int start = 0; start < 2; start++) {
                try (Counters counters = open(cut, NEVER)) {
                    assertThat(counters.counter("a").get()).isEqualTo(99);
                }
            }
        } else {
            assertThatThrownBy(() -> open(cut, NEVER))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining(".cq4.damaged at ");
        }
    }

    private static void damageLastFile(Path journal, int bytesFromTheEnd) throws IOException {
        Path last;
        try (Stream<Path> all = Files.list(journal)) {
            last = all.filter(file -> file.toString().endsWith(".cq4"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(last);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        // Several: one alone may be between two blocks.
        for (int at = end - bytesFromTheEnd; at < Math.min(end, end - bytesFromTheEnd + 8); at++) {
            bytes[at] ^= 0x55;
        }
        Files.write(last, bytes);
    }

    /** A journal that can be made to wait when it is to be as safe as it can be. */
    private record Gate(Journal journal, AtomicBoolean isShut, CountDownLatch entered, CountDownLatch open)
            implements Journal {

        @Override
        public void open(JournalHead head) throws Exception {
            journal.open(head);
        }

        @Override
        public boolean append(byte[] block, int length) throws Exception {
            return journal.append(block, length);
        }

        @Override
        public void flush() throws Exception {
            if (isShut.get()) {
                entered.countDown();
                open.await();
            }
            journal.flush();
        }

        @Override
        public void close(JournalFoot foot) throws Exception {
            journal.close(foot);
        }
    }

    @Test
    void nothingIsDoneBeforeItIsForced() throws Exception {
        DurableCounters files = CounterFiles.in(folder, NEVER);
        var gate = new Gate(files.journal(), new AtomicBoolean(), new CountDownLatch(1), new CountDownLatch(1));
        var forced = new DurableCounters(new ForcedJournal(gate, folder), files.past(), files.checkpointing());
        try (Counters counters = Counters.singleWriter(CounterLimits.DEFAULT, forced)) {
            Counter counter = counters.counter("a");
            gate.isShut.set(true);
            var caller = new Thread(counter::increment);
            caller.start();
            gate.entered.await();

            assertThat(counter.get()).isZero();
            gate.open.countDown();
            caller.join();
            assertThat(counter.get()).isEqualTo(1);
        }
        assertThat(files.journal()).isNotInstanceOf(ForcedJournal.class);
        assertThat(CounterFiles.in(folder, Durability.FSYNC, NEVER).journal()).isInstanceOf(ForcedJournal.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsInterruptedGoesOnFromRunToRun(boolean isMeanwhile) throws Exception {
        DurableCounters files = CounterFiles.in(folder, NEVER).runBytesMax(DurableCounters.RUN_BYTES_MIN);
        try (Counters counters = Counters.singleWriter(CounterLimits.DEFAULT, files)) {
            Counter counter = counters.counter("a");
            var failure = new AtomicReference<Throwable>();
            var caller = new Thread(() -> {
                for (int i = 0; i < 1000; i++) {
                    if (!isMeanwhile) {
                        Thread.currentThread().interrupt();
                    }
                    counter.increment();
                    assertThat(Thread.interrupted() || isMeanwhile).isTrue();
                }
            });
            caller.setUncaughtExceptionHandler((who, thrown) -> failure.set(thrown));
            caller.start();
            while (isMeanwhile && caller.isAlive()) {
                caller.interrupt();
            }
            caller.join();

            assertThat(failure).hasValue(null);
            assertThat(counter.get()).isEqualTo(1000);
        }
        assertThat(JournalRun.in(folder.resolve("journal")).get(0).id() >>> Integer.SIZE)
                .isGreaterThan(2);
    }

    @Test
    void forcedCountersAreExactToo() throws Exception {
        DurableCounters files =
                CounterFiles.in(folder, Durability.FSYNC, NEVER).runBytesMax(DurableCounters.RUN_BYTES_MIN);
        try (Counters counters = Counters.singleWriter(CounterLimits.DEFAULT, files)) {
            change(counters, new Random(1), 300);
            counters.counter("a").set(5);
        }
        try (Counters counters = open(folder, NEVER)) {
            assertThat(counters.counter("a").get()).isEqualTo(5);
        }
    }

    @Test
    void smallerLimitsThanThoseItWasWrittenWithAreRefused() {
        try (Counters counters = open(folder, NEVER)) {
            counters.counter("a");
            counters.counter("b");
        }

        assertThatThrownBy(() -> Counters.singleWriter(new CounterLimits(1, 100), CounterFiles.in(folder, NEVER)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("2 counters (expected: up to 1)");
    }

    @Test
    void twoWritersOfOneDirectoryAreRefused() {
        try (Counters counters = open(folder, NEVER)) {
            counters.counter("a").increment();

            assertThatThrownBy(() -> open(folder, NEVER))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("(expected: one at a time)");
            assertThat(counters.counter("a").get()).isEqualTo(1);
        }
    }

    @Test
    void closedCountersSaySo() {
        Counters counters = open(folder, NEVER);
        Counter counter = counters.counter("a");
        counter.increment();
        counters.close();

        assertThat(counter.get()).isEqualTo(1);
        assertThatThrownBy(counter::increment)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("counters: closed (expected: open); nothing was done");
    }
}
