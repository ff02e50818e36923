package io.ringmain.perf.topology;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.config.Waiting;
import io.ringmain.config.WhenFailed;
import io.ringmain.perf.work.Cell;
import io.ringmain.perf.work.Feed;
import io.ringmain.perf.work.Numbering;
import io.ringmain.perf.work.OurSide;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;

/** A pipeline as an embedder builds it. Pool and partition keep the order for whoever stands behind them, although nobody does. */
final class RingmainSide extends CountingSide {

    private final Pipeline<Cell> pipeline;

    RingmainSide(Topology topology, Feed feed, boolean blocking) {
        super(topology, feed, true);
        pipeline = describe(Pipeline.of("ours", Cell.type()))
                .bound(RING)
                .whenFailed(WhenFailed.skip())
                .waiting(blocking ? Waiting.BLOCKING : Waiting.YIELDING)
                .build()
                .start();
    }

    private PipelineBuilder<Cell, Cell> describe(PipelineBuilder<Cell, Cell> builder) {
        return switch (topology) {
            case MERGE -> {
                Count count = end();
                yield builder.sink("count", Sink.each(cell -> count.add(cell.value)));
            }
            case FAN_OUT -> builder.sink("first", sink()).sink("second", sink()).sink("third", sink());
            case DIAMOND ->
                nowhere(builder.sink("left", sink()).sink("right", sink()).stage("join", counting()));
            case POOL -> nowhere(builder.pool("work", THREE, THREE, this::counting));
            case PARTITION -> nowhere(builder.partitionBy("keyed", cell -> key(cell.value), THREE, this::counting));
            case TASKS -> throw new IllegalArgumentException(topology + ": no events (expected: another side)");
        };
    }

    /** A sink with a thread of its own. */
    private Sink<Cell> sink() {
        Count count = end();
        return batch -> {
            for (int i = 0; i < batch.size(); i++) {
                count.add(batch.event(i).value);
            }
        };
    }

    private Stage<Cell> counting() {
        Count count = end();
        return cell -> {
            count.add(cell.value);
            return true;
        };
    }

    private static PipelineBuilder<Cell, Cell> nowhere(PipelineBuilder<Cell, Cell> builder) {
        return builder.sink("nowhere", Sink.each(cell -> {}));
    }

    @Override
    protected void publish(long first, long end) {
        Numbering.publish(pipeline.publisher(), feed, first, end);
    }

    @Override
    protected void stop() {
        pipeline.close();
        OurSide.check(pipeline.report());
    }
}
