package io.ringmain.perf.allocation;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.perf.work.Cell;
import io.ringmain.spi.EventType;

/** A way for events that are numbers. */
interface CellWay extends Way {

    /** How the numbers get in. */
    Feeder feeder();

    /** Adds what the numbers meet, and builds. */
    Pipeline<Cell> build(PipelineBuilder<Cell, Cell> builder, Arrival<Cell> arrival);

    /** The type of the events. */
    default EventType<Cell> type() {
        return Cell.type();
    }

    /** Whether events, and so the mark at the end of a run, may be dropped on the way. */
    default boolean loses() {
        return false;
    }

    @Override
    default Course open(long events) {
        return new Course(name(), new CellTrack(this));
    }
}
