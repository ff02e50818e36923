package io.ringmain.perf.rig;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.config.WhenFailed;
import io.ringmain.perf.work.Cell;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;

/** From the publisher through a stage per lane to a sink on the last lane; default settings. */
final class PipelineHop extends Hop {

    private final Pipeline<Cell> pipeline;
    private final Publisher<Cell> publisher;
    private long sentNs;

    PipelineHop(int lanes) {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("hand-off-" + lanes, Cell.type());
        for (int lane = 1; lane < lanes; lane++) {
            builder.transform("stage-" + lane, cell -> cell.value += 0).boundary();
        }
        pipeline = builder.transform("stage-" + lanes, cell -> cell.value += 0)
                .sink("arrival", Sink.each(cell -> received(cell.value)))
                .whenFailed(WhenFailed.stop())
                .build()
                .start();
        publisher = pipeline.publisher();
    }

    @Override
    void hand(long stampNs) {
        sentNs = stampNs;
        publisher.publish((cell, hop) -> cell.value = hop.sentNs, this);
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
