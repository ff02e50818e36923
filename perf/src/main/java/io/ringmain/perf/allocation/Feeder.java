package io.ringmain.perf.allocation;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.config.WhenFull;
import io.ringmain.perf.work.Cell;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Source;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** How events get into a path. Every form uses lambdas that capture nothing, or an argument. */
enum Feeder {
    /** {@code publish(filler)} with a filler that captures nothing. */
    PUBLISH {
        @Override
        void feed(Publisher<Cell> to, Course course) {
            for (long i = 0; i < course.wanted(); i++) {
                to.publish(cell -> cell.value = 1);
                letArrive(i);
            }
        }
    },
    /** {@code publish(filler, argument)}. */
    PUBLISH_ARGUMENT {
        @Override
        void feed(Publisher<Cell> to, Course course) {
            for (long i = 0; i < course.wanted(); i++) {
                to.publish((cell, from) -> cell.value = from.wanted(), course);
            }
        }
    },
    /** {@code publishBatch} of 64, or of the ring's bound. */
    BATCH {
        @Override
        void feed(Publisher<Cell> to, Course course) {
            for (long i = 0; i < course.wanted(); i += BATCH_COUNT) {
                to.publishBatch(BATCH_COUNT, (cell, index, from) -> cell.value = from.wanted() + index, course);
                letArrive(i);
            }
        }
    },
    /** {@code tryPublish} of both forms until there was room. */
    TRY {
        @Override
        void feed(Publisher<Cell> to, Course course) {
            for (long i = 0; i < course.wanted(); i += 2) {
                while (to.tryPublish(cell -> cell.value = 1) == Publication.FULL) {
                    Thread.onSpinWait();
                }
                while (to.tryPublish((cell, from) -> cell.value = from.wanted(), course) == Publication.FULL) {
                    Thread.onSpinWait();
                }
            }
        }
    },
    /** {@code tryPublishBatch} until there was room. */
    TRY_BATCH {
        @Override
        void feed(Publisher<Cell> to, Course course) {
            for (long i = 0; i < course.wanted(); i += BATCH_COUNT) {
                while (to.tryPublishBatch(BATCH_COUNT, (cell, index, from) -> cell.value = index, course)
                        == Publication.FULL) {
                    Thread.onSpinWait();
                }
            }
        }
    },
    /** A pollable source. */
    SOURCE {
        @Override
        PipelineBuilder<Cell, Cell> begin(PipelineBuilder<Cell, Cell> builder, Course course) {
            return builder.source("numbers", new Numbers(course, true));
        }
    },
    /** Two pollable sources, each of which gives all that is wanted. */
    TWO_SOURCES {
        @Override
        PipelineBuilder<Cell, Cell> begin(PipelineBuilder<Cell, Cell> builder, Course course) {
            return builder.source("numbers", new Numbers(course, true)).source("others", new Numbers(course, true));
        }

        @Override
        int marksPerRun() {
            return 2;
        }
    },
    /** A pollable source and a push source beside it, each of which gives all that is wanted. */
    SOURCE_AND_PUSH {
        @Override
        PipelineBuilder<Cell, Cell> begin(PipelineBuilder<Cell, Cell> builder, Course course) {
            return builder.source("numbers", new Numbers(course, true)).pushSource("others", new PushedNumbers(course));
        }

        @Override
        int marksPerRun() {
            return 2;
        }
    },
    /** A pollable source that is held back, beside one that drops by a policy of its own. */
    QUIET_AND_LOUD {
        @Override
        PipelineBuilder<Cell, Cell> begin(PipelineBuilder<Cell, Cell> builder, Course course) {
            return builder.source("numbers", new Numbers(course, true))
                    .source("loud", new Numbers(course, false), WhenFull.dropNewest());
        }
    },
    /** A push source with its own thread. */
    PUSH_SOURCE {
        @Override
        PipelineBuilder<Cell, Cell> begin(PipelineBuilder<Cell, Cell> builder, Course course) {
            return builder.pushSource("numbers", new PushedNumbers(course));
        }
    };

    private static final int BATCH_COUNT = 64;

    private static final Set<Feeder> SOURCES =
            EnumSet.of(SOURCE, TWO_SOURCES, SOURCE_AND_PUSH, QUIET_AND_LOUD, PUSH_SOURCE);

    /** Gives {@code course.wanted()} events on the calling thread. */
    void feed(Publisher<Cell> to, Course course) {
        throw new IllegalStateException(this + " has a thread of its own.");
    }

    /** Adds the source, if there is one. */
    PipelineBuilder<Cell, Cell> begin(PipelineBuilder<Cell, Cell> builder, Course course) {
        return builder;
    }

    /** How many marks end a run: each source gives one. */
    int marksPerRun() {
        return 1;
    }

    /** Lets the lanes have a turn: where events are dropped, hardly one might arrive on a busy machine, and the gate would be blind. */
    @SuppressWarnings("ThreadPriorityCheck") // As in Course.
    private static void letArrive(long given) {
        if (given % BATCH_COUNT == 0) {
            Thread.yield();
        }
    }

    /** Gives what is wanted and the mark, in whatever way; returns when both are in the ring or on their way. */
    final void give(Pipeline<Cell> pipeline, Course course) {
        if (!SOURCES.contains(this)) {
            feed(pipeline.publisher(), course);
            pipeline.publisher().publish(cell -> cell.value = CellTrack.MARK);
        }
    }

    /** Gives the mark again: where events are dropped, the first may have been. */
    final void giveMark(Pipeline<Cell> pipeline) {
        pipeline.publisher().tryPublish(cell -> cell.value = CellTrack.MARK);
    }

    private static final class Numbers implements Source<Cell> {

        private final Course course;
        private final boolean marks;
        private long served;
        private long left;

        Numbers(Course course, boolean marks) {
            this.course = course;
            this.marks = marks;
        }

        @Override
        public Status fill(Intake<Cell> intake, int max) {
            long run = course.run();
            if (left == 0 && served < run) {
                served = run;
                left = course.wanted() + 1;
            }
            int count = (int) Math.min(left, max);
            for (int i = 0; i < count; i++) {
                left--;
                intake.claim(served).value = left == 0 && marks ? CellTrack.MARK : left;
            }
            return count == 0 ? Status.IDLE : Status.READY;
        }
    }

    private static final class PushedNumbers implements PushSource<Cell> {

        private static final long LOOK_AGAIN_NS = 100_000;

        private final Course course;
        private volatile boolean aborted;

        PushedNumbers(Course course) {
            this.course = course;
        }

        @Override
        public void run(Publisher<Cell> publisher) {
            long served = 0;
            while (!aborted) {
                long run = course.run();
                if (served < run) {
                    served = run;
                    BATCH.feed(publisher, course);
                    publisher.publish(cell -> cell.value = CellTrack.MARK);
                } else {
                    LockSupport.parkNanos(LOOK_AGAIN_NS);
                }
            }
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }
}
