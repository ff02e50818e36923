package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.Blocked;
import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Reasoned;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What user code says about its failures decides whether it is tried again, wherever it stands. */
@Timeout(30)
class FailureKindTest {

    private static final int BAD = 3;
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Backoff BACKOFF = new Backoff(PAUSE, PAUSE).withoutJitter();
    private static final WhenFailed RETRY = WhenFailed.retry(4, BACKOFF, WhenFailed.skip());

    private final StepRunner runner = new StepRunner(5);
    private final List<Long> out = new ArrayList<>();
    private int failures;

    enum Place {
        STAGE,
        STRIPED,
        POOL,
        PARTITION,
        EMITTER,
        SINK
    }

    /** Fails at one event, so often, and says what that is about; wherever it is put. */
    private final class Faulty implements Stage<Cell>, Emitter<Cell, Cell>, Sink<Cell> {

        private final FailureKind kind;
        private int left;

        Faulty(FailureKind kind, int times) {
            this.kind = kind;
            left = times;
        }

        private void check(Cell cell) {
            if (cell.value == BAD && left > 0) {
                left--;
                failures++;
                throw new IllegalStateException("three");
            }
        }

        @Override
        public boolean process(Cell cell) {
            check(cell);
            return true;
        }

        @Override
        public Progress emit(Cell cell, Outlet<Cell> outlet) {
            check(cell);
            Cell result = outlet.claim();
            if (result == null) {
                return Progress.MORE;
            }
            result.value = cell.value;
            return Progress.DONE;
        }

        @Override
        public void write(Batch<Cell> batch) {
            for (int i = 0; i < batch.size(); i++) {
                check(batch.event(i));
            }
            for (int i = 0; i < batch.size(); i++) {
                out.add(batch.event(i).value);
            }
        }

        @Override
        public void open() {}

        @Override
        public void close() {}

        @Override
        public FailureKind kindOf(Exception failure) {
            assertThat(failure).hasMessage("three");
            return kind;
        }
    }

    private Pipeline<Cell> pipeline(Place place, Faulty faulty, WhenFailed whenFailed) {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("kinds", Cell.TYPE)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(6))
                .runner(runner)
                .whenFailed(whenFailed);
        PipelineBuilder<Cell, Cell> behind =
                switch (place) {
                    case STAGE -> builder.stage("faulty", faulty);
                    case STRIPED -> builder.striped("faulty", () -> faulty);
                    case POOL -> builder.pool("faulty", 2, 2, () -> faulty);
                    case PARTITION -> builder.partitionBy("faulty", cell -> cell.value, 2, () -> faulty);
                    case EMITTER -> builder.into("faulty", Cell.TYPE, faulty);
                    case SINK -> builder;
                };
        Sink<Cell> sink = place == Place.SINK ? faulty : Sink.each(cell -> out.add(cell.value));
        return behind.sink("out", sink, Batching.of(1, Duration.ZERO)).build();
    }

    private Report run(Place place, Faulty faulty, WhenFailed whenFailed) {
        try (Pipeline<Cell> pipeline = pipeline(place, faulty, whenFailed)) {
            return pipeline.start().await();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPermanentFailureIsNotTriedAgain(Place place) {
        Report report = run(place, new Faulty(FailureKind.PERMANENT, 9), RETRY);

        assertThat(failures).isEqualTo(1);
        assertThat(out).containsExactly(0L, 1L, 2L, 4L, 5L);
        assertThat(report.succeeded()).isTrue();
        assertThat(runner.clock().nowNs()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aFatalFailureStopsThePipelineWhateverThePolicySays(Place place) {
        Report report = run(place, new Faulty(FailureKind.FATAL, 9), RETRY);

        assertThat(failures).isEqualTo(1);
        assertThat(out).containsExactly(0L, 1L, 2L);
        assertThat(report.succeeded()).isFalse();
        assertThat(report.accounts().dropped()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void withoutRoomEverybodyWaitsAndNothingIsLost(Place place) {
        Report report = run(place, new Faulty(FailureKind.NO_ROOM, 100), WhenFailed.skip());

        assertThat(failures).isEqualTo(100);
        assertThat(out).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().balanced()).isTrue();
        List<Blocked> blocked = place == Place.SINK
                ? report.sinks().get(0).blocked()
                : report.stages().stream()
                        .filter(stage -> stage.name().equals("faulty"))
                        .flatMap(stage -> stage.blocked().stream())
                        .toList();
        assertThat(blocked)
                .filteredOn(why -> why.why().equals("no_room"))
                .singleElement()
                .satisfies(why -> {
                    assertThat(why.count()).isEqualTo(100);
                    assertThat(why.ns()).isEqualTo(runner.clock().nowNs()).isPositive();
                });
    }

    @ParameterizedTest
    @EnumSource
    void withoutRoomAPipelineStillClosesInTime(Place place) {
        try (Pipeline<Cell> pipeline = pipeline(place, new Faulty(FailureKind.NO_ROOM, Integer.MAX_VALUE), RETRY)) {
            pipeline.start();
            runner.stepWhilePossible();
            Report report = pipeline.drain(Duration.ofSeconds(5));

            assertThat(out).containsExactly(0L, 1L, 2L);
            assertThat(report.accounts().inFlight()).isPositive();
            assertThat(report.accounts().balanced()).isTrue();
        }
    }

    @Test
    void theWantOfRoomIsSaidOnceAndItsEndToo() {
        List<String> said = new ArrayList<>();
        var listener = new Handler() {
            @Override
            public void publish(LogRecord message) {
                if (message.getMessage().contains("pipeline=kinds")) {
                    said.add(message.getLevel() + " " + message.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger engine = Logger.getLogger("io.ringmain");
        engine.addHandler(listener);
        try {
            run(Place.SINK, new Faulty(FailureKind.NO_ROOM, 100), RETRY);
        } finally {
            engine.removeHandler(listener);
        }

        assertThat(said)
                .containsExactly(
                        "WARNING There is no room for what is to be written; it is held back until there is."
                                + " pipeline=kinds at=out",
                        "INFO There is room again. pipeline=kinds at=out");
    }

    @Test
    void aStageUnderATimeLimitSaysWhatItsFailureIs() {
        Stage<Cell> refusing = new Stage<>() {
            @Override
            public boolean process(Cell cell) {
                failures++;
                throw new IllegalStateException("three");
            }

            @Override
            public FailureKind kindOf(Exception failure) {
                return FailureKind.PERMANENT;
            }
        };
        try (Pipeline<Cell> pipeline = Pipeline.of("kinds", Cell.TYPE)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(1))
                .pool("timed", Pooling.of(1, 1).timeLimit(Duration.ofSeconds(20)), () -> refusing)
                .sink("out", Sink.each(cell -> out.add(cell.value)))
                .whenFailed(RETRY)
                .build()) {
            Report report = pipeline.start().await();

            assertThat(report.stages().get(0).failed()).isEqualTo(1);
            assertThat(report.accounts().dropped()).containsEntry("skipped", 1L);
        }
    }

    /** Data that is refused. */
    private static final class Refused extends Exception implements Reasoned {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public String reason() {
            return "refused";
        }
    }

    @Test
    void anExceptionSaysByItselfWhatItIs() {
        IOException full = new IOException("out.txt: cannot be written", new IOException("No space left on device"));

        assertThat(FailureKind.of(new IOException("Connection reset"))).isEqualTo(FailureKind.TRANSIENT);
        assertThat(FailureKind.of(new IllegalStateException("No space left on device")))
                .isEqualTo(FailureKind.TRANSIENT);
        assertThat(FailureKind.of(full)).isEqualTo(FailureKind.NO_ROOM);
        assertThat(FailureKind.of(new UncheckedIOException(full))).isEqualTo(FailureKind.NO_ROOM);
        assertThat(FailureKind.of(new IOException("Disk quota exceeded"))).isEqualTo(FailureKind.NO_ROOM);
        assertThat(FailureKind.of(new Refused())).isEqualTo(FailureKind.PERMANENT);
    }

    @Test
    void aFileThatCannotBeUsedIsToldInWords() {
        assertThat(FailureKind.words(new NoSuchFileException("a.log"))).isEqualTo("no such file or directory");
        assertThat(FailureKind.words(new AccessDeniedException("a.log"))).isEqualTo("permission denied");
        assertThat(FailureKind.words(new FileAlreadyExistsException("a.log")))
                .isEqualTo("something of that name is there");
        assertThat(FailureKind.words(new FileSystemException("a.log", null, "Is a directory")))
                .isEqualTo("Is a directory");
        assertThat(FailureKind.words(new IOException("Connection reset"))).isEqualTo("Connection reset");
        assertThat(FailureKind.words(new IOException())).isEqualTo("java.io.IOException");
    }
}
