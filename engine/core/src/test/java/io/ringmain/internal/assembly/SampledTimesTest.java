package io.ringmain.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Batching;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.delivery.SinkLane;
import io.ringmain.internal.latency.Latency;
import io.ringmain.internal.stage.StageLane;
import io.ringmain.internal.stage.Step;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Sink;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The times of the calls tell how long a sampled event waited for a lane, and how long each stage worked on it. */
@Timeout(10)
class SampledTimesTest {

    private final HandBuilt segment = new HandBuilt(16, WhenFailed.skip());

    private static void assertOne(Latency latency, long ns) {
        assertThat(latency.snapshot().getTotalCount()).isEqualTo(1);
        assertThat(latency.snapshot().getMaxValue()).isEqualTo(ns);
    }

    private static void assertNone(Latency latency) {
        assertThat(latency.snapshot().getTotalCount()).isZero();
    }

    @Test
    void eachFusedStageHasItsOwnTime() throws Exception {
        Step<Cell> parse = Step.ofTransform("parse", cell -> {});
        Step<Cell> enrich = Step.ofTransform("enrich", cell -> {});
        StageLane<Cell> lane = segment.stages(List.of(parse, enrich));
        SinkLane<Cell> sink = segment.sink(Sink.each(cell -> {}), Batching.DEFAULT);
        segment.settle();
        segment.publish(1, 100);

        lane.work(130);
        lane.work(200);
        lane.work(210);
        sink.work(215);
        sink.work(255);

        assertOne(parse.waited(), 30);
        assertOne(parse.service(), 70);
        assertOne(enrich.service(), 10);
        assertNone(enrich.waited());
        assertOne(sink.counts().waited(), 5);
        assertOne(sink.counts().service(), 40);
    }

    @Test
    void theNextLaneWaitsFromWhereTheEventWasHandedOn() throws Exception {
        Step<Cell> parse = Step.ofTransform("parse", cell -> {});
        Step<Cell> enrich = Step.ofTransform("enrich", cell -> {});
        StageLane<Cell> first = segment.stages(List.of(parse));
        StageLane<Cell> second = segment.stages(List.of(enrich));
        segment.settle();
        segment.publish(1, 0);

        first.work(10);
        first.work(30);
        second.work(70);
        second.work(150);

        assertOne(parse.waited(), 10);
        assertOne(parse.service(), 20);
        assertOne(enrich.waited(), 40);
        assertOne(enrich.service(), 80);
    }

    @Test
    void aSampledEventThatIsFilteredIsTimedUpToThere() throws Exception {
        Step<Cell> filter = Step.ofStage("filter", cell -> false);
        Step<Cell> enrich = Step.ofTransform("enrich", cell -> {});
        StageLane<Cell> lane = segment.stages(List.of(filter, enrich));
        segment.settle();
        segment.publish(1, 0);

        HandBuilt.moveAll(10, lane);

        assertOne(filter.waited(), 10);
        assertThat(filter.service().snapshot().getTotalCount()).isEqualTo(1);
        assertNone(enrich.service());
        assertThat(filter.filtered()).isEqualTo(1);
        assertThat(lane.taken()).isEqualTo(1);
    }

    @Test
    void aSampledEventThatFailsHasNoTime() throws Exception {
        Step<Cell> parse = Step.ofTransform("parse", cell -> {
            throw new IllegalStateException("unreadable");
        });
        StageLane<Cell> lane = segment.stages(List.of(parse));
        segment.settle();
        segment.publish(1, 0);

        HandBuilt.moveAll(10, lane);

        assertNone(parse.service());
        assertThat(parse.dropped()).isEqualTo(1);
        assertThat(lane.cursor().last()).isZero();
    }

    @Test
    void eventsThatAreNotSampledCostNoCallOfTheirOwn() throws Exception {
        Step<Cell> parse = Step.ofTransform("parse", cell -> {});
        StageLane<Cell> lane = segment.stages(List.of(parse));
        segment.settle();
        for (int i = 0; i < 10; i++) {
            segment.publish(i, 0);
        }

        // One call for the sample, one that ends it and takes the nine others.
        assertThat(lane.work(5)).isEqualTo(1);
        assertThat(lane.work(6)).isEqualTo(10);
        assertThat(lane.cursor().last()).isEqualTo(9);
    }
}
