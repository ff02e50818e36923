package io.ringmain.perf.allocation;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.perf.work.Cell;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The ways through the engine where lanes share the work, where events wait on purpose or for room, and where several sources meet. Each goes
 * through a stage of the user, so that for each it can be shown that the gate sees what is allocated there: {@link #allocating}.
 */
public enum SharedPath implements CellWay {
    /** Through two pollable sources, the second of which gives as much as the first. */
    TWO_SOURCES(Feeder.TWO_SOURCES) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.stage("stage", stages.get());
        }
    },
    /** Through a pollable source and the side ring of a push source. */
    SIDE_RING(Feeder.SOURCE_AND_PUSH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.stage("stage", stages.get());
        }
    },
    /** Through a source that is held back beside one that drops, before a small ring. */
    SOURCES_WITH_POLICIES(Feeder.QUIET_AND_LOUD) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.bound(64).stage("stage", stages.get());
        }
    },
    /** Through stripes, as many as the cores allow. */
    STRIPES(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.striped("striped", stages);
        }
    },
    /** Through a pool that may grow and shrink. */
    POOL(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.pool("work", Pooling.of(1, 3).idleAfter(Duration.ofMillis(1)), stages);
        }
    },
    /** Through a pool that is fed one by one, so that its workers fall asleep again and again. */
    POOL_ONE_BY_ONE(Feeder.PUBLISH_ARGUMENT) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.pool("work", 2, 2, stages);
        }
    },
    /** Through a pool with a time limit: each event is copied to the thread beside the worker, and back. */
    POOL_TIME_LIMIT(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.pool("work", Pooling.of(2, 2).timeLimit(Duration.ofMinutes(1)), stages);
        }

        @Override
        public long eventsMax() {
            return HANDED_MAX;
        }
    },
    /** Through lanes that share a stage by key, from a source. */
    KEYED_FROM_SOURCE(Feeder.SOURCE) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.partitionBy("keyed", cell -> cell.value, 3, stages);
        }
    },
    /** Past a throttle that makes them wait. */
    THROTTLE(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.throttle("slower", 1_000_000, 64).stage("stage", stages.get());
        }
    },
    /** Written down before the stage, and into a digest behind it. */
    JOURNAL(Feeder.SOURCE) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.journal(new Oblivion())
                    .stage("stage", stages.get())
                    .sink("digest", new DigestSink<>(new PortableCell()));
        }
    },
    /** Counted by a stage that would end the input. */
    TAKE(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.take("first", Long.MAX_VALUE).stage("stage", stages.get());
        }
    },
    /** Across an edge that puts into a file what finds no room. */
    EDGE_SPILL(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.edge(spill()).bound(64).stage("stage", stages.get());
        }
    },
    /** Published into a waiting room that puts into a file what finds no room. */
    INTAKE_SPILL(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.whenFull(spill()).bound(64).stage("stage", stages.get());
        }
    },
    /** Published into a waiting room that would take less if it became fuller. */
    INTAKE_ADAPTIVE_SAMPLE(Feeder.PUBLISH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.whenFull(WhenFull.adaptiveSample(1)).bound(64).stage("stage", stages.get());
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Published, and held back for a moment only. */
    INTAKE_BLOCK_FOR(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages) {
            return builder.whenFull(WhenFull.blockFor(Duration.ofNanos(100_000)))
                    .bound(64)
                    .stage("stage", stages.get());
        }

        @Override
        public boolean loses() {
            return true;
        }
    };

    /** Each event goes from thread to thread and back, and is waited for. */
    private static final long HANDED_MAX = 4_000;

    private static final long SPILL_BYTES_MAX = 1 << 24;

    private final Feeder feeder;

    SharedPath(Feeder feeder) {
        this.feeder = feeder;
    }

    /** Adds what the events meet. */
    abstract PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Supplier<Stage<Cell>> stages);

    private Pipeline<Cell> build(
            PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival, Supplier<Stage<Cell>> stages) {
        boolean crowded = this == INTAKE_BLOCK_FOR || this == EDGE_SPILL || this == INTAKE_SPILL;
        return end(builder.whenFailed(WhenFailed.skip()), stages)
                .sink("arrival", crowded ? arrival.slow() : Sink.each(arrival))
                .build();
    }

    @Override
    public Pipeline<Cell> build(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
        return build(builder, arrival, () -> cell -> true);
    }

    @Override
    public Feeder feeder() {
        return feeder;
    }

    @Override
    public EventType<Cell> type() {
        return new PortableCell();
    }

    /** The same way, but through stages that allocate on purpose. */
    public Way allocating() {
        return new WithAllocation(this);
    }

    private record WithAllocation(SharedPath path) implements CellWay {

        @Override
        public String name() {
            return path.name() + "_ALLOCATING";
        }

        @Override
        public Feeder feeder() {
            return path.feeder;
        }

        @Override
        public Pipeline<Cell> build(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return path.build(builder, arrival, Allocating::new);
        }

        @Override
        public EventType<Cell> type() {
            return path.type();
        }

        @Override
        public boolean loses() {
            return path.loses();
        }

        @Override
        public long eventsMax() {
            return path.eventsMax();
        }

        @Override
        public boolean allocates() {
            return true;
        }
    }

    private static WhenFull spill() {
        try {
            var file = Files.createTempFile("ringmain-allocation", ".spill");
            Files.delete(file);
            file.toFile().deleteOnExit();
            return WhenFull.spill(file, SPILL_BYTES_MAX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
