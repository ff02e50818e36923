package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.LogEntry.Level;
import io.ringmain.Report.Left;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.spi.Batch;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import io.ringmain.testing.ScriptedSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How pipelines begin and end, above all when something is in the way. */
@Timeout(20)
class OrderOfLifeTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofMillis(100);

    private final CollectingSink<LogEntry, String> sink = new CollectingSink<>(LogEntry::toString);

    private static PipelineBuilder<LogEntry, LogEntry> pipeline() {
        return Pipeline.of("life", LogEntry.TYPE).whenFailed(WhenFailed.stop());
    }

    private static void publish(Pipeline<LogEntry> pipeline, int count) {
        for (int i = 0; i < count; i++) {
            pipeline.publisher().publish(entry -> entry.set(Level.INFO, "x"));
        }
    }

    private FaultySink<LogEntry> hanging() {
        return new FaultySink<LogEntry>(new CollectingSink<>(LogEntry::toString, true)).blockWhen(call -> true);
    }

    @Test
    void sinkThatHangsForEverIsAbandonedAndNamed() {
        FaultySink<LogEntry> hanging = hanging().ignoreAbort();
        try (Pipeline<LogEntry> pipeline = pipeline()
                .sink("tap", sink)
                .transform("late", entry -> entry.source = "late")
                .sink("hanging", hanging)
                .build()
                .start()) {
            publish(pipeline, 5);

            Report report = pipeline.drain(DEADLINE);

            assertThat(report.state()).isEqualTo(PipelineState.CLOSED);
            assertThat(report.succeeded()).isFalse();
            assertThat(report.abandoned()).containsExactly("hanging");
            assertThat(report.accounts().inFlight()).isEqualTo(5);
            assertThat(report.accounts().balanced()).isTrue();
            assertThat(report.left()).extracting(Left::lane).contains("hanging");
            assertThat(sink.values()).hasSize(5);
            assertThat(sink.closes()).isEqualTo(1);
        } finally {
            hanging.unblock();
        }
    }

    @Test
    void sinkThatHeedsAbortEndsItsThreadAndKeepsItsBatchInFlight() {
        try (Pipeline<LogEntry> pipeline =
                pipeline().sink("hanging", hanging()).build().start()) {
            publish(pipeline, 3);

            Report report = pipeline.drain(DEADLINE);

            assertThat(report.abandoned()).isEmpty();
            assertThat(report.accounts().inFlight()).isEqualTo(3);
            assertThat(report.accounts().deadLettered()).isZero();
            assertThat(report.accounts().balanced()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void errorInAStageStopsThePipelineAndWhatIsBehindItDrains(boolean perStage) {
        MemoryDeadLetters letters = new MemoryDeadLetters();
        Pipeline<LogEntry> pipeline = Pipeline.of("life", LogEntry.TYPE)
                .threading(perStage ? Threading.perStage() : Threading.auto())
                .whenFailed(WhenFailed.deadLetter())
                .deadLetters(letters, WhenLettersFull.STOP)
                .transform("before", entry -> entry.source = "seen")
                .transform("broken", entry -> {
                    if (entry.message.equals("3")) {
                        throw new AssertionError("broken on purpose");
                    }
                })
                .sink("out", sink)
                .build();
        for (int i = 0; i < 6; i++) {
            String message = Integer.toString(i);
            pipeline.publisher().publish(entry -> entry.set(Level.INFO, message));
        }

        Report report = pipeline.start().await();

        assertThat(report.failed()).isTrue();
        assertThat(report.state()).isEqualTo(PipelineState.CLOSED);
        assertThat(sink.values()).containsExactly("INFO 0", "INFO 1", "INFO 2");
        assertThat(sink.flushes()).isEqualTo(1);
        assertThat(report.accounts().delivered()).isEqualTo(3);
        assertThat(report.accounts().inFlight()).isEqualTo(3);
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(letters.count()).isZero();
        assertThat(report.left().stream().mapToLong(Left::count).max()).hasValue(3);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.type()).isEqualTo("java.lang.AssertionError");
            assertThat(failure.message()).isEqualTo("broken on purpose");
        });
        assertThat(pipeline.publisher().publish(entry -> {})).isEqualTo(Publication.CLOSED);
    }

    @Test
    void stopPolicyNamesTheStageAndKeepsTheEventInFlight() {
        Pipeline<LogEntry> pipeline = pipeline()
                .transform("picky", entry -> {
                    throw new IllegalStateException("no");
                })
                .sink("out", sink)
                .build();
        publish(pipeline, 2);

        Report report = pipeline.start().await();

        assertThat(report.failures()).singleElement().satisfies(failure -> assertThat(failure.where())
                .isEqualTo("picky"));
        assertThat(report.accounts().inFlight()).isEqualTo(2);
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(report.left()).containsExactly(new Left("picky", 2));
    }

    @Test
    void sourceThatNeverEndsIsStoppedByClosing() {
        ScriptedSource<LogEntry> endless =
                new ScriptedSource<LogEntry>((entry, n) -> entry.set(Level.INFO, "" + n)).give(Long.MAX_VALUE);
        Pipeline<LogEntry> pipeline = pipeline()
                .source("endless", endless)
                .sink("out", Sink.each(entry -> {}))
                .build()
                .start();

        Report report = pipeline.drain(SOON);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().delivered()).isEqualTo(report.accounts().received());
        assertThat(endless.isClosed()).isTrue();
    }

    @Test
    void sourceThatFailsEndsThePipelineAfterItsCompleteEventsAreDrained() {
        ScriptedSource<LogEntry> failing = new ScriptedSource<LogEntry>((entry, n) -> entry.set(Level.INFO, "" + n))
                .give(7)
                .fail(new IllegalStateException("disk gone"));
        Pipeline<LogEntry> pipeline =
                pipeline().source("failing", failing).sink("out", sink).build().start();

        Report report = pipeline.await();

        assertThat(report.failed()).isTrue();
        assertThat(report.accounts().delivered()).isEqualTo(7);
        assertThat(report.accounts().received()).isEqualTo(7);
        assertThat(report.accounts().inFlight()).isZero();
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.where()).isEqualTo("failing");
            assertThat(failure.message()).isEqualTo("disk gone");
        });
    }

    @Test
    void errorBeforeAnEmitterStillLetsItsResultsOut() {
        CollectingSink<LogEntry, String> results = new CollectingSink<>(LogEntry::toString);
        Pipeline<LogEntry> pipeline = pipeline()
                .transform("broken", entry -> {
                    if (entry.message.equals("2")) {
                        throw new AssertionError("broken on purpose");
                    }
                })
                .edge(WhenFull.block())
                .sink("results", results)
                .build();
        for (int i = 0; i < 4; i++) {
            String message = Integer.toString(i);
            pipeline.publisher().publish(entry -> entry.set(Level.INFO, message));
        }

        Report report = pipeline.start().await();

        assertThat(results.values()).containsExactly("INFO 0", "INFO 1");
        assertThat(report.segments()).allMatch(Accounts::balanced);
        assertThat(report.segments().get(1).inFlight()).isZero();
        assertThat(report.accounts().inFlight()).isEqualTo(2);
    }

    @Test
    void failingSinkAfterAnEdgeHaltsWhatIsBeforeIt() {
        Sink<LogEntry> broken = new FaultySink<LogEntry>(sink).failHardWhen(call -> true);
        Pipeline<LogEntry> pipeline =
                pipeline().edge(WhenFull.block()).sink("broken", broken).build();
        publish(pipeline, 4);

        Report report = pipeline.start().await();

        assertThat(report.failed()).isTrue();
        assertThat(report.segments()).allMatch(Accounts::balanced);
        assertThat(report.segments().get(1).delivered()).isZero();
    }

    @Test
    void fullDeadLettersStopThePipelineWithAnErrorThatNamesTheOption() {
        MemoryDeadLetters letters = new MemoryDeadLetters(2);
        Pipeline<LogEntry> pipeline = Pipeline.of("life", LogEntry.TYPE)
                .whenFailed(WhenFailed.deadLetter())
                .deadLetters(letters, WhenLettersFull.STOP)
                .transform("parse", LogEntry::parse)
                .build();
        publish(pipeline, 5);

        Report report = pipeline.start().await();

        assertThat(report.accounts().deadLettered()).isEqualTo(2);
        assertThat(report.accounts().inFlight()).isEqualTo(3);
        assertThat(report.failures())
                .anyMatch(failure -> failure.message().startsWith("deadLetters: full with 2 letters"));
    }

    @Test
    void fullDeadLettersHoldThePipelineWhenChosenAndGoOnWhenThereIsRoom() {
        MemoryDeadLetters letters = new MemoryDeadLetters(2);
        Pipeline<LogEntry> pipeline = Pipeline.of("life", LogEntry.TYPE)
                .whenFailed(WhenFailed.deadLetter())
                .deadLetters(letters, WhenLettersFull.BLOCK)
                .transform("parse", LogEntry::parse)
                .build();
        publish(pipeline, 5);
        pipeline.start();
        int taken = 0;
        while (taken < 3) {
            taken += letters.takeAll().size();
            Thread.onSpinWait();
        }

        Report report = pipeline.drain(SOON);

        assertThat(report.accounts().deadLettered()).isEqualTo(5);
        assertThat(report.succeeded()).isTrue();
    }

    @Test
    void closingBeforeTheStartReportsWhatWaitedInTheRing() {
        Pipeline<LogEntry> pipeline = pipeline().sink("out", sink).build();
        publish(pipeline, 3);

        pipeline.close();

        assertThat(pipeline.state()).isEqualTo(PipelineState.CLOSED);
        assertThat(pipeline.report().accounts().inFlight()).isEqualTo(3);
        assertThat(pipeline.report().accounts().balanced()).isTrue();
        assertThat(sink.opens()).isZero();
        assertThat(pipeline.publisher().publish(entry -> {})).isEqualTo(Publication.CLOSED);
        assertThat(pipeline.start().state()).isEqualTo(PipelineState.CLOSED);
    }

    @Test
    void closingFromSeveralThreadsAtOnceEndsOnce() throws InterruptedException {
        Pipeline<LogEntry> pipeline = pipeline().sink("out", sink).build().start();
        publish(pipeline, 1000);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> closers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread closer = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                pipeline.close();
            });
            closer.start();
            closers.add(closer);
        }
        go.countDown();
        for (Thread closer : closers) {
            closer.join();
        }

        assertThat(pipeline.state()).isEqualTo(PipelineState.CLOSED);
        assertThat(sink.values()).hasSize(1000);
        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void closingFromASinkBeginsTheDrainAndDoesNotWaitForItself() {
        AtomicReference<Pipeline<LogEntry>> self = new AtomicReference<>();
        Sink<LogEntry> closing = new Sink<>() {
            @Override
            public void write(Batch<LogEntry> batch) {
                self.get().close();
            }
        };
        Pipeline<LogEntry> pipeline = pipeline().sink("closing", closing).build();
        self.set(pipeline);
        publish(pipeline, 10);

        Report report = pipeline.start().await();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().delivered()).isEqualTo(10);
    }

    @Test
    void blockedPublisherReturnsWhenThePipelineCloses() throws InterruptedException {
        FaultySink<LogEntry> hanging = hanging();
        Pipeline<LogEntry> pipeline =
                pipeline().bound(1).sink("hanging", hanging).build().start();
        publish(pipeline, 1);
        AtomicReference<Publication> outcome = new AtomicReference<>();
        Thread publisher = new Thread(() -> outcome.set(pipeline.publisher().publish(entry -> {})));
        publisher.start();
        while (publisher.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        pipeline.drain(DEADLINE);
        publisher.join();

        assertThat(outcome.get()).isEqualTo(Publication.CLOSED);
    }

    @Test
    void startFailsWithTheNameOfWhatCouldNotBeOpenedAndClosesTheRest() {
        Sink<LogEntry> unopenable = new Sink<>() {
            @Override
            public void write(Batch<LogEntry> batch) {}

            @Override
            public void open() {
                throw new IllegalStateException("no such host");
            }
        };
        Pipeline<LogEntry> pipeline =
                pipeline().sink("fine", sink).sink("unopenable", unopenable).build();

        assertThatThrownBy(pipeline::start)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("unopenable: could not be opened")
                .hasMessageContaining("no such host");
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(pipeline.state()).isEqualTo(PipelineState.CLOSED);
    }

    @Test
    void pushSourceIsAbortedWhenThePipelineDrains() {
        CountDownLatch aborted = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        PushSource<LogEntry> waiting = new PushSource<>() {
            @Override
            public void run(Publisher<LogEntry> publisher) throws InterruptedException {
                publisher.publish(entry -> entry.set(Level.INFO, "pushed"));
                sent.countDown();
                aborted.await();
            }

            @Override
            public void abort() {
                aborted.countDown();
            }
        };
        Pipeline<LogEntry> pipeline = pipeline()
                .pushSource("waiting", waiting)
                .sink("out", sink)
                .build()
                .start();
        awaitQuietly(sent);

        Report report = pipeline.drain(SOON);

        assertThat(report.succeeded()).isTrue();
        assertThat(sink.values()).containsExactly("INFO pushed");
    }

    @Test
    void pushSourceThatReturnsEndsThePipeline() {
        PushSource<LogEntry> brief = new PushSource<>() {
            @Override
            public void run(Publisher<LogEntry> publisher) {
                publisher.publish(entry -> entry.set(Level.INFO, "only"));
            }

            @Override
            public void abort() {}
        };
        Pipeline<LogEntry> pipeline =
                pipeline().pushSource("brief", brief).sink("out", sink).build().start();

        Report report = pipeline.await();

        assertThat(report.succeeded()).isTrue();
        assertThat(sink.values()).containsExactly("INFO only");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
