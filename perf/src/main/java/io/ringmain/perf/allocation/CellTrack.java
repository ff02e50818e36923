package io.ringmain.perf.allocation;

import io.ringmain.Pipeline;
import io.ringmain.perf.work.Cell;
import org.jspecify.annotations.Nullable;

/** Numbers on a path of the engine. */
final class CellTrack implements Track {

    /** The number of the event that ends a run. */
    static final long MARK = Long.MAX_VALUE;

    private final CellWay way;
    private final Arrival<Cell> arrival = new Arrival<>(cell -> cell.value == MARK);
    private @Nullable Pipeline<Cell> pipeline;
    private @Nullable Course course;

    CellTrack(CellWay way) {
        this.way = way;
    }

    @Override
    public Pipeline<?> build(String name, Course course) {
        this.course = course;
        Pipeline<Cell> built = way.build(way.feeder().begin(Pipeline.of(name, way.type()), course), arrival);
        pipeline = built;
        return built;
    }

    @Override
    public void give() {
        if (pipeline != null && course != null) {
            way.feeder().give(pipeline, course);
        }
    }

    @Override
    public void giveAgain() {
        if (pipeline != null && way.loses()) {
            way.feeder().giveMark(pipeline);
        }
    }

    @Override
    public long marks() {
        return arrival.marks() / way.feeder().marksPerRun();
    }
}
