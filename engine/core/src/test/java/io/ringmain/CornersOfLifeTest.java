package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.LogEntry.Level;
import io.ringmain.config.Batching;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Corners of life that a review found: where user code is rude, numbers are huge, or half of something is done. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class CornersOfLifeTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final CollectingSink<LogEntry, String> sink = new CollectingSink<>(LogEntry::toString);

    private static PipelineBuilder<LogEntry, LogEntry> pipeline() {
        return Pipeline.of("corner", LogEntry.TYPE).whenFailed(WhenFailed.stop());
    }

    private static void publish(Pipeline<LogEntry> pipeline, int count) {
        for (int i = 0; i < count; i++) {
            pipeline.publisher().publish(entry -> entry.set(Level.INFO, "x"));
        }
    }

    @Test
    void pushSourceWhoseAbortThrowsDoesNotKeepThePipelineOpen() {
        CountDownLatch released = new CountDownLatch(1);
        PushSource<LogEntry> rude = new PushSource<>() {
            @Override
            public void run(Publisher<LogEntry> publisher) throws InterruptedException {
                released.await();
            }

            @Override
            public void abort() {
                released.countDown();
                throw new IllegalStateException("no abort here");
            }
        };
        Pipeline<LogEntry> pipeline =
                pipeline().pushSource("rude", rude).sink("out", sink).build().start();

        Report report = pipeline.drain(SOON);

        assertThat(report.state()).isEqualTo(PipelineState.CLOSED);
        assertThat(report.abandoned()).isEmpty();
    }

    @Test
    void pushSourceMayCloseItsOwnPipeline() {
        AtomicReference<Pipeline<LogEntry>> self = new AtomicReference<>();
        PushSource<LogEntry> closing = new PushSource<>() {
            @Override
            public void run(Publisher<LogEntry> publisher) {
                publisher.publish(entry -> entry.set(Level.INFO, "last"));
                self.get().close();
            }

            @Override
            public void abort() {}
        };
        Pipeline<LogEntry> pipeline =
                pipeline().pushSource("closing", closing).sink("out", sink).build();
        self.set(pipeline);

        Report report = pipeline.start().await();

        assertThat(report.succeeded()).isTrue();
        assertThat(sink.values()).containsExactly("INFO last");
    }

    @Test
    void anyDurationWillDoAsADeadline() {
        Pipeline<LogEntry> pipeline = pipeline()
                .drainWithin(Duration.ofSeconds(Long.MAX_VALUE))
                .sink("out", sink)
                .build()
                .start();
        publish(pipeline, 3);

        Report report = pipeline.drain(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(report.succeeded()).isTrue();
    }

    @Test
    void batchThatIsBuriedHalfWayIsCountedHalfWay() {
        MemoryDeadLetters letters = new MemoryDeadLetters(2);
        Sink<LogEntry> failing = new FaultySink<LogEntry>(sink).failWhen(call -> true);
        Pipeline<LogEntry> pipeline = Pipeline.of("corner", LogEntry.TYPE)
                .whenFailed(WhenFailed.deadLetter())
                .deadLetters(letters, WhenLettersFull.STOP)
                .sink("failing", failing)
                .build();
        publish(pipeline, 5);

        Report report = pipeline.start().await();

        assertThat(letters.count()).isEqualTo(2);
        assertThat(report.accounts().deadLettered()).isEqualTo(2);
        assertThat(report.accounts().inFlight()).isEqualTo(3);
        assertThat(report.accounts().balanced()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatHasGoneIntoTheNextSegmentIsNotLeftInTheFirst(long seed) {
        Sink<LogEntry> broken = new FaultySink<LogEntry>(sink).failHardWhen(call -> call == 2);
        Pipeline<LogEntry> pipeline = pipeline()
                .runner(new StepRunner(seed))
                .edge(WhenFull.block())
                .sink("broken", broken, Batching.of(2, Duration.ZERO))
                .build();
        publish(pipeline, 6);

        Report report = pipeline.start().await();

        assertThat(report.failed()).isTrue();
        assertThat(report.accounts().absorbed())
                .isEqualTo(report.segments().get(1).received());
        assertThat(report.accounts().inFlight()).isEqualTo(6 - report.accounts().absorbed());
        assertThat(report.segments()).allMatch(Accounts::balanced);
    }

    @Test
    void eventKeepsItsSourceAndPositionAcrossAnEdge() {
        List<String> origins = new ArrayList<>();
        Sink<LogEntry> noting = new Sink<>() {
            @Override
            public void write(Batch<LogEntry> batch) {
                for (int i = 0; i < batch.size(); i++) {
                    origins.add(batch.source(i) + ":" + batch.position(i));
                }
            }
        };
        Pipeline<LogEntry> pipeline = pipeline()
                .source("numbers", new ScriptedSource<LogEntry>((entry, n) -> entry.set(Level.INFO, "" + n)).give(4))
                .filter("odd", entry -> Integer.parseInt(entry.message) % 2 == 1)
                .edge(WhenFull.block())
                .sink("noting", noting)
                .build()
                .start();

        pipeline.await();

        assertThat(origins).containsExactly("numbers:1", "numbers:3");
    }

    @Test
    void waitingBatchIsWrittenWhenItFillsTheRingWithFilteredEvents() {
        Pipeline<LogEntry> pipeline = pipeline()
                .bound(8)
                .filter("first", entry -> entry.message.equals("0"))
                .sink("waiting", sink, Batching.of(8, Duration.ofDays(1)))
                .build()
                .start();
        for (int i = 0; i < 30; i++) {
            String message = Integer.toString(i % 10);
            pipeline.publisher().publish(entry -> entry.set(Level.INFO, message));
        }

        Report report = pipeline.drain(SOON);

        assertThat(report.accounts().delivered()).isEqualTo(3);
        assertThat(report.accounts().filtered()).isEqualTo(27);
    }

    @Test
    void builderThatWasUsedUpAndSettingsMadeTwiceAreRefused() {
        PipelineBuilder<LogEntry, LogEntry> first = pipeline();
        first.edge(WhenFull.block());

        assertThatThrownBy(() -> first.sink("late", sink))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("used up by edge");
        assertThatThrownBy(() -> pipeline().whenFailed(WhenFailed.skip()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already set to Stop");
    }
}
