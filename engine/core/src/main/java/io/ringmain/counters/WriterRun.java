package io.ringmain.counters;

import io.ringmain.Pipeline;
import io.ringmain.PipelineState;
import io.ringmain.Report;
import io.ringmain.spi.Publisher;

/** One run of a writer: its pipeline, from begin to end. Thread: any. */
final class WriterRun {

    private final Pipeline<Command> pipeline;
    private final Publisher<Command> door;
    private volatile boolean isOutgrown;

    WriterRun(Pipeline<Command> pipeline) {
        this.pipeline = pipeline;
        door = pipeline.publisher();
    }

    Publisher<Command> door() {
        return door;
    }

    void start() {
        pipeline.start();
    }

    /** Lets the run end, because its journal has grown: what came is done and answered, and nothing more comes in. */
    void outgrown() {
        isOutgrown = true;
        pipeline.endInput();
    }

    /** Whether another run is to follow. */
    boolean isOutgrown() {
        return isOutgrown;
    }

    boolean isClosed() {
        return pipeline.state() == PipelineState.CLOSED;
    }

    boolean hasSucceeded() {
        return pipeline.reportWithoutTimes().succeeded();
    }

    /** How often a caller found the ring full. */
    long blocked() {
        return pipeline.reportWithoutTimes().edges().get(0).blocked().stream()
                .mapToLong(Report.Blocked::count)
                .sum();
    }

    /** What failed first, behind a semicolon; empty if nothing did. */
    String failures() {
        return pipeline.reportWithoutTimes().failures().stream()
                .findFirst()
                .map(failure -> "; its " + failure.where() + " failed: " + failure.message())
                .orElse("");
    }

    void close() {
        pipeline.close();
    }
}
