package io.ringmain.perf.allocation;

import io.ringmain.Pipeline;
import io.ringmain.perf.work.Cell;
import org.jspecify.annotations.Nullable;

/** Numbers on a path of the engine. */
final class CellTrack implements Track {

    /** The number of the event that ends a run. */
    static final long MARK = Long.MAX_VALUE;

    private final Path path;
    private final Arrival<Cell> arrival = new Arrival<>(cell -> cell.value == MARK);
    private @Nullable Pipeline<Cell> pipeline;
    private @Nullable Course course;

    CellTrack(Path path) {
        this.path = path;
    }

    @Override
    public Pipeline<?> build(String name, Course course) {
        this.course = course;
        Pipeline<Cell> built = path.build(path.feeder().begin(Pipeline.of(name, Cell.type()), course), arrival);
        pipeline = built;
        return built;
    }

    @Override
    public void give() {
        if (pipeline != null && course != null) {
            path.feeder().give(pipeline, course);
        }
    }

    @Override
    public void giveAgain() {
        if (pipeline != null && path.loses()) {
            path.feeder().giveMark(pipeline);
        }
    }

    @Override
    public long marks() {
        return arrival.marks();
    }
}
