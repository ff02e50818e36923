package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Backoff;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Parking;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import io.ringmain.testing.StepRunner;
import java.io.DataInput;
import java.io.DataOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources are told up to where their events are durably in each sink, and never more. */
@Timeout(30)
class AcknowledgementTest {

    private static final int COUNT = 100;

    private final StepRunner runner = new StepRunner(1);
    private final List<Long> acknowledged = new ArrayList<>();
    private final Durable sink = new Durable();

    /** Knows what is durable. */
    private static final class Durable implements Sink<Cell> {

        private final List<Long> written = new ArrayList<>();
        private int durable;
        private int failures;

        @Override
        public void write(Batch<Cell> batch) {
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("not yet");
            }
            for (int i = 0; i < batch.size(); i++) {
                written.add(batch.event(i).value);
            }
        }

        @Override
        public void flush() {
            durable = written.size();
        }
    }

    private void note(long position) {
        assertThat(sink.durable).as("durable when told").isGreaterThan((int) position);
        acknowledged.add(position);
    }

    private final class Pulled implements Source<Cell> {

        private long next;

        @Override
        public Status fill(Intake<Cell> intake, int max) {
            intake.claim(next).value = next;
            next++;
            return next == COUNT ? Status.END : Status.READY;
        }

        @Override
        public void acknowledged(long position) {
            note(position);
        }
    }

    private final class Pushed implements PushSource<Cell> {

        @Override
        public void run(Publisher<Cell> publisher) {
            for (long i = 0; i < COUNT; i++) {
                long value = i;
                assertThat(publisher.publish(event -> event.value = value)).isEqualTo(Publication.PUBLISHED);
            }
        }

        @Override
        public void abort() {}

        @Override
        public void acknowledged(long position) {
            note(position);
        }
    }

    private PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("told", Cell.TYPE)
                .runner(runner)
                .bound(16)
                .checkpoints(Checkpointing.acknowledging(Duration.ofNanos(1)))
                .whenFailed(WhenFailed.stop());
    }

    private void runToTheEnd(Pipeline<Cell> pipeline) {
        pipeline.start();
        for (int i = 0; i < 1_000_000 && pipeline.state() != PipelineState.CLOSED; i++) {
            runner.step();
            runner.clock().advance(1);
        }
        assertThat(pipeline.report().succeeded())
                .as(pipeline.report().toString())
                .isTrue();
    }

    @Test
    void aPollableSourceIsToldItsOwnPositionsAndTheLastOneInTheEnd() {
        runToTheEnd(builder().source("pulled", new Pulled()).sink("sink", sink).build());

        assertThat(acknowledged)
                .hasSizeGreaterThan(2)
                .isSorted()
                .doesNotHaveDuplicates()
                .endsWith(COUNT - 1L);
    }

    @Test
    void aPushSourceThatIsAloneIsToldHowFarItsPublicationsAre() throws Exception {
        // On threads: a push source blocks where the ring is full.
        try (Pipeline<Cell> pipeline = Pipeline.of("told", Cell.TYPE)
                .bound(16)
                .checkpoints(Checkpointing.acknowledging(Duration.ofNanos(1)))
                .whenFailed(WhenFailed.stop())
                .pushSource("pushed", new Pushed())
                .sink("sink", sink)
                .build()
                .start()) {
            assertThat(pipeline.await().succeeded()).isTrue();
        }

        assertThat(acknowledged).isSorted().doesNotHaveDuplicates().endsWith(COUNT - 1L);
    }

    @Test
    void whatASinkHasNotTakenIsNotAcknowledged() {
        sink.failures = Integer.MAX_VALUE;
        Pipeline<Cell> pipeline = Pipeline.of("told", Cell.TYPE)
                .runner(runner)
                .bound(16)
                .checkpoints(Checkpointing.acknowledging(Duration.ofNanos(1)))
                .whenFailed(WhenFailed.retry(
                        Integer.MAX_VALUE, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), WhenFailed.stop()))
                .source("pulled", new Pulled())
                .sink("sink", sink)
                .build()
                .start();

        for (int i = 0; i < 10_000; i++) {
            runner.step();
            runner.clock().advance(100_000);
        }

        assertThat(acknowledged).isEmpty();
        sink.failures = 0;
        pipeline.drain(Duration.ofHours(1));
        assertThat(acknowledged).endsWith(sink.durable - 1L);
    }

    @Test
    void anExceptionOfASourceThatIsToldIsReportedAndEndsNothing() {
        Source<Cell> source = new Source<>() {
            private long next;

            @Override
            public Status fill(Intake<Cell> intake, int max) {
                intake.claim(next).value = next;
                next++;
                return next == COUNT ? Status.END : Status.READY;
            }

            @Override
            public void acknowledged(long position) {
                throw new IllegalStateException("the other side is gone");
            }
        };
        Pipeline<Cell> pipeline =
                builder().source("lonely", source).sink("sink", sink).build();

        runToTheEnd(pipeline);

        assertThat(sink.written).hasSize(COUNT);
        assertThat(pipeline.report().failures()).singleElement().satisfies(failure -> assertThat(failure.where())
                .isEqualTo("lonely"));
    }

    @Test
    void aStageThatRemembersNeedsAStore() {
        class Remembering implements Stage<Cell>, Stateful {
            @Override
            public boolean process(Cell event) {
                return true;
            }

            @Override
            public void save(DataOutput out) {}

            @Override
            public void load(DataInput in) {}
        }

        assertThatThrownBy(() -> builder()
                        .source("pulled", new Pulled())
                        .stage("counter", new Remembering())
                        .sink("sink", sink)
                        .build())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("stage counter: remembers what it was given")
                .hasMessageContaining("expected: checkpoints with a store");
    }

    @Test
    void eventsThatAreSetAsideNeedAStore() {
        assertThatThrownBy(() -> Pipeline.of("told", Cell.TYPE)
                        .runner(runner)
                        .checkpoints(Checkpointing.acknowledging(Duration.ofSeconds(1)))
                        .whenFailed(WhenFailed.retry(1, Backoff.DEFAULT, WhenFailed.stop()))
                        .source("pulled", new Pulled())
                        .stage("lookup", event -> true, Parking.of(10))
                        .sink("sink", sink)
                        .build())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("stage lookup.parking: remembers what it was given")
                .hasMessageContaining("expected: checkpoints with a store");
    }

    @Test
    void lettersThatDoNotOutliveTheProcessAreRefused() {
        assertThatThrownBy(() -> Pipeline.of("told", Cell.TYPE)
                        .runner(runner)
                        .checkpoints(Checkpointing.acknowledging(Duration.ofSeconds(1)))
                        .whenFailed(WhenFailed.deadLetter())
                        .source("pulled", new Pulled())
                        .sink("sink", sink)
                        .build())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("dead letters that do not outlive the process");
    }
}
