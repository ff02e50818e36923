package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.LogEntry.Level;
import io.ringmain.Report.StageReport;
import io.ringmain.config.Backoff;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checkpoint tests of the log-pipeline text, each under its own name, in the engine's terms. */
@Timeout(20)
class LogPipelineTextTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final CollectingSink<LogEntry, String> sink = new CollectingSink<>(LogEntry::toString);

    private PipelineBuilder<LogEntry, LogEntry> pipeline() {
        return Pipeline.of("text", LogEntry.TYPE).whenFailed(WhenFailed.stop());
    }

    @Test
    void basicSendReceive() {
        try (Pipeline<LogEntry> pipeline = pipeline().sink("out", sink).build().start()) {
            Publication sent = pipeline.publisher().publish(entry -> entry.set(Level.INFO, "Test message"));

            pipeline.drain(SOON);

            assertThat(sent).isEqualTo(Publication.PUBLISHED);
            assertThat(sink.values()).containsExactly("INFO Test message");
        }
    }

    @Test
    void multipleProducers() throws InterruptedException {
        try (Pipeline<LogEntry> pipeline = pipeline().sink("out", sink).build().start()) {
            List<Thread> producers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String message = "Message from producer " + i;
                producers.add(new Thread(() -> pipeline.publisher().publish(entry -> entry.set(Level.INFO, message))));
            }
            producers.forEach(Thread::start);
            for (Thread producer : producers) {
                producer.join();
            }

            Report report = pipeline.drain(SOON);

            assertThat(report.accounts().delivered()).isEqualTo(3);
            assertThat(sink.values())
                    .containsExactlyInAnyOrder(
                            "INFO Message from producer 0",
                            "INFO Message from producer 1",
                            "INFO Message from producer 2");
        }
    }

    @Test
    void channelClosed() {
        Pipeline<LogEntry> pipeline = pipeline().sink("out", sink).build().start();
        pipeline.close();

        Publisher<LogEntry> publisher = pipeline.publisher();

        assertThat(publisher.publish(entry -> entry.set(Level.INFO, "late"))).isEqualTo(Publication.CLOSED);
        assertThat(publisher.tryPublish(entry -> entry.set(Level.INFO, "late"))).isEqualTo(Publication.CLOSED);
        assertThat(pipeline.report().accounts().received()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pipelineThroughput(boolean threeThreads) {
        long[] total = new long[1];
        try (Pipeline<LogEntry> pipeline = pipeline()
                .threading(threeThreads ? Threading.perStage() : Threading.auto())
                .transform("parse", LogEntry::parse)
                .filter("filter", entry -> entry.level.compareTo(Level.INFO) >= 0)
                .transform("aggregate", entry -> total[0]++)
                .build()
                .start()) {
            for (int i = 0; i < 100; i++) {
                String line = "INFO Log message " + i;
                pipeline.publisher().publish(entry -> entry.line = line);
            }

            Report report = pipeline.drain(SOON);

            assertThat(total[0]).isEqualTo(100);
            assertThat(report.accounts().absorbed()).isEqualTo(100);
            assertThat(report.stages().stream().map(StageReport::lanes).distinct())
                    .hasSize(threeThreads ? 3 : 1);
        }
    }

    @Test
    void filterDropsDebug() {
        try (Pipeline<LogEntry> pipeline = pipeline()
                .filter("filter", entry -> entry.level.compareTo(Level.INFO) >= 0)
                .sink("out", sink)
                .build()
                .start()) {
            pipeline.publisher().publish(entry -> entry.set(Level.DEBUG, "Debug msg"));
            pipeline.publisher().publish(entry -> entry.set(Level.INFO, "Info msg"));

            Report report = pipeline.drain(SOON);

            assertThat(sink.values()).containsExactly("INFO Info msg");
            assertThat(report.accounts().filtered()).isEqualTo(1);
        }
    }

    @Test
    void backpressureBlocks() throws InterruptedException {
        FaultySink<LogEntry> slow = new FaultySink<>(new CollectingSink<LogEntry, String>(LogEntry::toString, true))
                .blockWhen(call -> call == 1);
        try (Pipeline<LogEntry> pipeline =
                pipeline().bound(2).sink("slow", slow).build().start()) {
            Publisher<LogEntry> publisher = pipeline.publisher();
            publisher.publish(entry -> entry.set(Level.INFO, "1"));
            publisher.publish(entry -> entry.set(Level.INFO, "2"));
            AtomicReference<Publication> third = new AtomicReference<>();
            Thread sender = new Thread(() -> third.set(publisher.publish(entry -> entry.set(Level.INFO, "3"))));
            sender.start();
            slow.awaitBlocked();
            while (sender.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }

            assertThat(third.get()).isNull();
            slow.unblock();
            sender.join();

            Report report = pipeline.drain(SOON);
            assertThat(third.get()).isEqualTo(Publication.PUBLISHED);
            assertThat(report.accounts().delivered()).isEqualTo(3);
            assertThat(report.sources().get(0).blocked()).singleElement().satisfies(blocked -> {
                assertThat(blocked.why()).isEqualTo("ring_full");
                assertThat(blocked.count()).isEqualTo(1);
                assertThat(blocked.ns()).isPositive();
            });
        }
    }

    @Test
    void backpressureBlocksOnABoundOfTwoUntilOneIsTaken() {
        StepRunner runner = new StepRunner(2);
        try (Pipeline<LogEntry> pipeline =
                pipeline().runner(runner).bound(2).sink("out", sink).build().start()) {
            Publisher<LogEntry> publisher = pipeline.publisher();
            publisher.publish(entry -> entry.set(Level.INFO, "1"));
            publisher.publish(entry -> entry.set(Level.INFO, "2"));
            Publication full = publisher.tryPublish(entry -> entry.set(Level.INFO, "3"));

            runner.stepWhilePossible();
            Publication free = publisher.tryPublish(entry -> entry.set(Level.INFO, "3"));

            assertThat(full).isEqualTo(Publication.FULL);
            assertThat(free).isEqualTo(Publication.PUBLISHED);
        }
    }

    @Test
    void trySendNonblocking() {
        try (Pipeline<LogEntry> pipeline = pipeline().bound(1).sink("out", sink).build()) {
            Publisher<LogEntry> publisher = pipeline.publisher();

            assertThat(publisher.tryPublish(entry -> entry.set(Level.INFO, "1")))
                    .isEqualTo(Publication.PUBLISHED);
            assertThat(publisher.tryPublish(entry -> entry.set(Level.INFO, "2")))
                    .isEqualTo(Publication.FULL);

            assertThat(pipeline.report().refused()).isEqualTo(1);
            assertThat(pipeline.report().accounts().received()).isEqualTo(1);
        }
    }

    @Test
    void shutdownSignal() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(2);
        Sink<LogEntry> counting = Sink.each(entry -> taken.countDown());
        try (Pipeline<LogEntry> pipeline =
                pipeline().sink("out", counting).build().start()) {
            pipeline.publisher().publish(entry -> entry.set(Level.INFO, "1"));
            pipeline.publisher().publish(entry -> entry.set(Level.INFO, "2"));
            taken.await();

            Report report = pipeline.drain(SOON);

            assertThat(report.state()).isEqualTo(PipelineState.CLOSED);
            assertThat(report.accounts().delivered()).isEqualTo(2);
        }
    }

    @Test
    void drainOnShutdown() {
        try (Pipeline<LogEntry> pipeline = pipeline().sink("out", sink).build()) {
            for (int i = 0; i < 10; i++) {
                String message = "item " + i;
                pipeline.publisher().publish(entry -> entry.set(Level.INFO, message));
            }

            Report report = pipeline.start().drain(SOON);

            assertThat(sink.values()).hasSize(10).first().isEqualTo("INFO item 0");
            assertThat(report.succeeded()).isTrue();
        }
    }

    @Test
    void retryLogic() {
        int[] attempts = new int[1];
        StepRunner runner = new StepRunner(3);
        try (Pipeline<LogEntry> pipeline = Pipeline.of("text", LogEntry.TYPE)
                .runner(runner)
                .whenFailed(WhenFailed.retry(4, Backoff.DEFAULT.withoutJitter(), WhenFailed.stop()))
                .transform("flaky", entry -> {
                    attempts[0]++;
                    if (attempts[0] < 3) {
                        throw new IllegalStateException("Transient error");
                    }
                })
                .sink("out", sink)
                .build()
                .start()) {
            pipeline.publisher().publish(entry -> entry.set(Level.INFO, "42"));

            Report report = pipeline.drain(SOON);

            assertThat(attempts[0]).isEqualTo(3);
            assertThat(sink.values()).containsExactly("INFO 42");
            assertThat(report.stages().get(0).failed()).isEqualTo(2);
            // 10 ms after the first failure and 20 ms after the second, on the virtual clock.
            assertThat(runner.clock().nowNs()).isEqualTo(30_000_000);
        }
    }

    @Test
    void deadLetterQueue() {
        MemoryDeadLetters letters = new MemoryDeadLetters();
        try (Pipeline<LogEntry> pipeline = Pipeline.of("text", LogEntry.TYPE)
                .whenFailed(WhenFailed.deadLetter())
                .deadLetters(letters, WhenLettersFull.STOP)
                .transform("parse", LogEntry::parse)
                .sink("out", sink)
                .build()
                .start()) {
            pipeline.publisher().publish(entry -> entry.line = "poison");
            pipeline.publisher().publish(entry -> entry.line = "INFO healthy");

            Report report = pipeline.drain(SOON);

            DeadLetter letter = letters.letters().get(0);
            assertThat(letters.count()).isEqualTo(1);
            assertThat(letter.stage()).isEqualTo("parse");
            assertThat(letter.message()).contains("no level");
            assertThat(letter.attempts()).isEqualTo(1);
            assertThat(((LogEntry) letter.event()).line).isEqualTo("poison");
            assertThat(sink.values()).containsExactly("INFO healthy");
            assertThat(report.accounts().deadLettered()).isEqualTo(1);
            assertThat(report.succeeded()).isTrue();
        }
    }

    @Test
    void completePipeline() {
        long[] total = new long[1];
        try (Pipeline<LogEntry> pipeline = pipeline()
                .transform("parse", LogEntry::parse)
                .filter("filter", entry -> entry.level.compareTo(Level.INFO) >= 0)
                .transform("aggregate", entry -> total[0]++)
                .build()
                .start()) {
            for (String line : List.of("INFO Test 1", "DEBUG Test 2", "ERROR Test 3")) {
                pipeline.publisher().publish(entry -> entry.line = line);
            }

            pipeline.drain(SOON);

            assertThat(total[0]).isEqualTo(2);
        }
    }
}
