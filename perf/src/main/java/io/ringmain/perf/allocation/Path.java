package io.ringmain.perf.allocation;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.config.Batching;
import io.ringmain.config.Breaker;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import io.ringmain.config.Parking;
import io.ringmain.config.Subscribing;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.perf.work.Cell;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import java.time.Duration;

/** The ways through the engine itself, for an event that is a number. */
public enum Path implements CellWay {
    /** Published one by one with a filler that captures nothing. */
    PUBLISH(Feeder.PUBLISH),
    /** Published one by one with an argument. */
    PUBLISH_ARGUMENT(Feeder.PUBLISH_ARGUMENT),
    /** Published in batches. */
    PUBLISH_BATCH(Feeder.BATCH),
    /** Published by both forms of try. */
    TRY_PUBLISH(Feeder.TRY),
    /** Published by try, in batches. */
    TRY_PUBLISH_BATCH(Feeder.TRY_BATCH),
    /** The publisher sleeps again and again, because the ring is full. */
    FULL_RING(Feeder.PUBLISH_ARGUMENT) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.bound(4).sink("arrival", arrival.slow());
        }

        @Override
        public long eventsMax() {
            return 4_000;
        }
    },
    /** From a pollable source. */
    POLLABLE_SOURCE(Feeder.SOURCE),
    /** From a push source. */
    PUSH_SOURCE(Feeder.PUSH_SOURCE),
    /** Through stages of each kind that share a lane; the filter drops every other event. */
    FUSED_STAGES(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return stages(builder).sink("arrival", Sink.each(arrival));
        }
    },
    /** The same stages with a thread each. */
    STAGE_PER_THREAD(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return stages(builder).sink("arrival", Sink.each(arrival)).threading(Threading.perStage());
        }
    },
    /** Two lanes with a boundary between them. */
    BOUNDARY(Feeder.SOURCE) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return stages(stages(builder, "before-").boundary()).sink("arrival", Sink.each(arrival));
        }
    },
    /** Through a stage that the lane keeps a copy for. */
    RESTORING_STAGE(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.stage("restoring", new Restoring()).sink("arrival", Sink.each(arrival));
        }
    },
    /** Through two lanes that share a stage by key. */
    PARTITION(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.partitionBy("keyed", cell -> cell.value, 2, () -> cell -> true)
                    .sink("arrival", Sink.each(arrival));
        }
    },
    /** Past a sink that stands before the last stage. */
    TAP(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return stages(builder.sink("tap", nowhere().blocking())).sink("arrival", Sink.each(arrival));
        }
    },
    /** Into three sinks beside one another, one with a thread of its own. */
    SEVERAL_SINKS(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.sink("first", Sink.each(nowhere()))
                    .sink("arrival", arrival.blocking())
                    .sink("third", Sink.each(nowhere()));
        }
    },
    /** Parted by two conditions, into sinks on three routes. */
    ROUTES(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.routes("parted", to -> to.when(cell -> (cell.value & 3) == 0)
                    .sink("fourth", Sink.each(nowhere()))
                    .when(cell -> cell.value == CellTrack.MARK || (cell.value & 1) == 1)
                    .sink("arrival", arrival.blocking())
                    .otherwise()
                    .sink("rest", nowhere().blocking()));
        }
    },
    /** Beside a sink on a route that has a ring of its own and is so slow that this ring drops. */
    ROUTE_DROP_OLDEST(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.routes("parted", to -> to.when(cell -> cell.value != CellTrack.MARK)
                    .sink("slow", nowhere().slow(), Batching.DEFAULT, new Edge(WhenFull.dropOldest(), 64))
                    .otherwise()
                    .sink("arrival", arrival.blocking()));
        }
    },
    /** Into a sink behind a ring of its own that holds back. */
    SINK_EDGE_BLOCK(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.sink("arrival", arrival.blocking(), Batching.DEFAULT, new Edge(WhenFull.block(), 256));
        }
    },
    /** To three subscribers that see all of it, one of them the end. */
    SUBSCRIBERS(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder;
        }

        @Override
        void join(Pipeline<Cell> pipeline, Arrival<Cell> arrival) {
            pipeline.subscribe("first", Sink.each(nowhere()), Subscribing.lossless());
            pipeline.subscribe("arrival", arrival.blocking(), Subscribing.lossless());
            pipeline.subscribe("third", nowhere().blocking(), Subscribing.lossless());
        }
    },
    /** To a subscriber that is so slow that it misses most. */
    SUBSCRIBER_LOSSY(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder;
        }

        @Override
        void join(Pipeline<Cell> pipeline, Arrival<Cell> arrival) {
            pipeline.subscribe("arrival", arrival.slow(), Subscribing.lossy(64, count -> {}));
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Into a sink whose batches wait to become full. */
    BATCHING(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.sink("arrival", arrival.blocking(), Batching.of(1000, Duration.ofMillis(1)));
        }
    },
    /** Across an edge that holds back. */
    EDGE_BLOCK(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.edge(WhenFull.block()).bound(256).sink("arrival", arrival.blocking());
        }
    },
    /** Through a stage that would set failed events aside. */
    PARKING(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.stage("parking", cell -> cell.value != -1, Parking.of(16))
                    .bound(256)
                    .sink("arrival", arrival.blocking());
        }

        @Override
        WhenFailed whenFailed() {
            return WhenFailed.retry(3, WhenFailed.skip());
        }
    },
    /** Into a sink with a breaker and batches of so many bytes, in a pipeline that tells its sources how far they are. */
    DELIVERY(Feeder.SOURCE) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.checkpoints(Checkpointing.acknowledging(Duration.ofMinutes(1)))
                    .sink(
                            "arrival",
                            arrival.blocking(),
                            Delivery.of(Batching.DEFAULT.bytes(1 << 20)).breaker(Breaker.DEFAULT));
        }
    },
    /** Across an edge that drops. */
    EDGE_DROP_NEWEST(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.edge(WhenFull.dropNewest()).bound(64).sink("arrival", arrival.slow());
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Through a waiting room at an edge, where the oldest event must go. */
    EDGE_DROP_OLDEST(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.edge(WhenFull.dropOldest()).bound(64).sink("arrival", arrival.slow());
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Through a waiting room at an edge that takes less the fuller it is. */
    EDGE_ADAPTIVE_SAMPLE(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.edge(WhenFull.adaptiveSample(1)).bound(64).sink("arrival", arrival.slow());
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Through a waiting room at an edge, where what matters least must go. */
    EDGE_SHED(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.edge(WhenFull.shed(Cell.class, cell -> (int) cell.value & 7))
                    .bound(64)
                    .sink("arrival", arrival.slow());
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Across an edge that takes a share. */
    EDGE_SAMPLE(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.edge(WhenFull.sample(0.5, 1)).bound(64).sink("arrival", arrival.slow());
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Across an edge that holds back, but not for long. */
    EDGE_BLOCK_FOR(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.edge(WhenFull.blockFor(Duration.ofNanos(100_000)))
                    .bound(64)
                    .sink("arrival", arrival.slow());
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Published into a waiting room, where the oldest event must go. */
    INTAKE_DROP_OLDEST(Feeder.PUBLISH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.whenFull(WhenFull.dropOldest()).bound(64).sink("arrival", arrival.slow());
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Published into a waiting room in batches, where what matters least must go. */
    INTAKE_SHED(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.whenFull(WhenFull.shed(Cell.class, cell -> (int) cell.value & 7))
                    .bound(1024)
                    .sink("arrival", arrival.slow());
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Published in part: the rest is left out by a sample. */
    INTAKE_SAMPLE(Feeder.PUBLISH_ARGUMENT) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.whenFull(WhenFull.sample(0.5, 1)).sink("arrival", Sink.each(arrival));
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Into a segment of another type, two results per event. */
    INTO(Feeder.SOURCE) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.into("twice", Cell.type(), new Twice()).bound(128).sink("arrival", Sink.each(arrival));
        }
    },
    /** Dropped at the intake, because the ring is full. */
    INTAKE_DROP_NEWEST(Feeder.PUBLISH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.whenFull(WhenFull.dropNewest()).bound(64).sink("arrival", arrival.slow());
        }

        @Override
        public boolean loses() {
            return true;
        }
    },
    /** Not a path of the engine: a stage of the user that allocates, to show that the gate would see it. */
    ALLOCATING_STAGE(Feeder.BATCH) {
        @Override
        PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
            return builder.stage("allocating", new Allocating()).boundary().sink("arrival", Sink.each(arrival));
        }

        @Override
        public boolean allocates() {
            return true;
        }
    };

    private final Feeder feeder;

    Path(Feeder feeder) {
        this.feeder = feeder;
    }

    @Override
    public final Feeder feeder() {
        return feeder;
    }

    @Override
    public final Pipeline<Cell> build(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
        Pipeline<Cell> pipeline = end(builder.whenFailed(whenFailed()), arrival).build();
        join(pipeline, arrival);
        return pipeline;
    }

    /** What becomes of events that fail; none does. */
    WhenFailed whenFailed() {
        return WhenFailed.skip();
    }

    /** Adds what the events meet. */
    PipelineBuilder<Cell, Cell> end(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival) {
        return builder.sink("arrival", Sink.each(arrival));
    }

    /** Lets subscribers join. */
    void join(Pipeline<Cell> pipeline, Arrival<Cell> arrival) {}

    /** Returns the end of a side way, where nobody waits. */
    private static Arrival<Cell> nowhere() {
        return new Arrival<>(cell -> false);
    }

    private static PipelineBuilder<Cell, Cell> stages(PipelineBuilder<Cell, Cell> builder) {
        return stages(builder, "");
    }

    private static PipelineBuilder<Cell, Cell> stages(PipelineBuilder<Cell, Cell> builder, String prefix) {
        return builder.filter(prefix + "filter", cell -> cell.value == CellTrack.MARK || (cell.value & 1) == 0)
                .transform(
                        prefix + "transform",
                        cell -> cell.value = cell.value == CellTrack.MARK ? CellTrack.MARK : cell.value ^ 8)
                .stage(prefix + "stage", cell -> cell.value != -1);
    }

    private static final class Restoring implements Stage<Cell> {

        @Override
        public boolean process(Cell cell) {
            return cell.value != -1;
        }

        @Override
        public boolean restoring() {
            return true;
        }
    }

    /** Gives each event twice, one result per call, as an emitter does that finds its outlet full. */
    private static final class Twice implements Emitter<Cell, Cell> {

        private boolean again;

        @Override
        public Progress emit(Cell cell, Outlet<Cell> outlet) {
            Cell result = outlet.claim();
            if (result == null) {
                return Progress.MORE;
            }
            result.value = cell.value;
            again = !again;
            return again ? Progress.MORE : Progress.DONE;
        }
    }
}
