package io.ringmain.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.delivery.SettleLane;
import io.ringmain.internal.delivery.SinkLane;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.stage.IntoLane;
import io.ringmain.internal.stage.ParkingLane;
import io.ringmain.internal.stage.StageLane;
import io.ringmain.internal.stage.Step;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Sink;
import io.ringmain.testing.FaultySink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Control events pass through every room in order with the data, and nothing counts or works on them. */
@Timeout(10)
class ControlEventsTest {

    private static final Emitter<Cell, Cell> COPY = (cell, outlet) -> {
        Cell result = outlet.claim();
        if (result == null) {
            return Progress.MORE;
        }
        result.value = cell.value;
        return Progress.DONE;
    };

    private static final Duration PAUSE = Duration.ofMillis(1);

    private final List<String> log = new ArrayList<>();
    private final HandBuilt first = new HandBuilt(16, WhenFailed.stop());

    /** Writes each batch and each flush into the log. */
    private final class LogSink implements Sink<Cell> {
        @Override
        public void write(Batch<Cell> batch) {
            StringBuilder values = new StringBuilder();
            for (int i = 0; i < batch.size(); i++) {
                values.append(batch.event(i).value).append(i + 1 < batch.size() ? "," : "");
            }
            log.add(values.toString());
        }

        @Override
        public void flush() {
            log.add("flush");
        }
    }

    private static String kinds(Ring<Cell> ring) {
        StringBuilder kinds = new StringBuilder();
        for (long sequence = 0; sequence <= ring.cursor(); sequence++) {
            kinds.append(
                    switch (Slot.kind(ring.columns().mark(sequence))) {
                        case Slot.DATA -> "d" + ring.event(sequence).value;
                        case Slot.WATERMARK -> " W" + ring.columns().position(sequence);
                        case Slot.BARRIER -> " B" + ring.columns().position(sequence);
                        case Slot.TICK -> " T" + ring.columns().position(sequence);
                        case Slot.END -> " E";
                        default -> " ?";
                    });
        }
        return kinds.toString();
    }

    private void publishMixture() {
        first.publish(1, 0);
        first.writer.control(Slot.WATERMARK, 10, 0);
        first.publish(2, 0);
        first.publish(3, 0);
        first.writer.control(Slot.BARRIER, 20, 0);
        first.writer.control(Slot.TICK, 30, 0);
        first.publish(4, 0);
        first.writer.control(Slot.END, 0, 0);
    }

    @Test
    void stagesDoNotSeeControlEvents() throws Exception {
        StageLane<Cell> stage = first.stages(List.of(
                Step.ofTransform("note", cell -> log.add("note " + cell.value)),
                Step.ofStage("odd", cell -> cell.value % 2 == 1)));
        SettleLane settle = first.settle();
        publishMixture();

        HandBuilt.moveAll(5, stage, settle);

        assertThat(log).containsExactly("note 1", "note 2", "note 3", "note 4");
        assertThat(stage.taken()).isEqualTo(4);
        assertThat(stage.done()).isTrue();
        assertThat(settle.done()).isTrue();
        assertThat(settle.absorbed()).isEqualTo(2);
        assertThat(settle.filtered()).isEqualTo(2);
        assertThat(settle.latency().snapshot().getTotalCount()).isEqualTo(2);
    }

    @Test
    void anEmitterPassesThemOnInOrderWithItsResultsButNotTheEndOfASource() throws Exception {
        var second = new HandBuilt(16, WhenFailed.stop());
        IntoLane<Cell, Cell> into = first.into(COPY, second);
        SettleLane settle = first.settle();
        second.settle();
        publishMixture();

        HandBuilt.moveAll(5, into, settle);

        assertThat(kinds(second.ring)).isEqualTo("d1d2d3 B20 T30d4 E");
        assertThat(settle.absorbed()).isEqualTo(4);
        assertThat(second.writer.received()).isEqualTo(4);
    }

    @Test
    void anEmitterPassesThemOnInOrderThroughANextRingOfOneSlot() throws Exception {
        var second = new HandBuilt(1, WhenFailed.stop());
        IntoLane<Cell, Cell> into = first.into(COPY, second);
        SettleLane settle = first.settle();
        SinkLane<Cell> sink = second.sink(new LogSink(), Batching.DEFAULT);
        SettleLane settleSecond = second.settle();
        publishMixture();

        HandBuilt.moveAll(5, into, settle, sink, settleSecond);

        assertThat(log).containsExactly("1", "2", "3", "flush", "4", "flush");
        assertThat(settleSecond.delivered()).isEqualTo(4);
        assertThat(settleSecond.done()).isTrue();
    }

    @Test
    void aSinkFlushesAtABarrierAndAtTheEndAfterWhatCameBefore() throws Exception {
        SinkLane<Cell> sink = first.sink(new LogSink(), Batching.DEFAULT);
        SettleLane settle = first.settle();
        publishMixture();

        HandBuilt.moveAll(5, sink, settle);

        assertThat(log).containsExactly("1,2,3", "flush", "4", "flush");
        assertThat(sink.counts().offered()).isEqualTo(4);
        assertThat(settle.delivered()).isEqualTo(4);
        assertThat(sink.done()).isTrue();
    }

    @Test
    void aBarrierIsNotPassedBeforeItsFlush() throws Exception {
        var busy = new HandBuilt(16, WhenFailed.retry(1, new Backoff(PAUSE, PAUSE).withoutJitter(), WhenFailed.stop()));
        SinkLane<Cell> sink =
                busy.sink(new FaultySink<>(new LogSink()).failFlushWhen(call -> call == 1), Batching.DEFAULT);
        busy.settle();
        busy.publish(1, 0);
        busy.writer.control(Slot.BARRIER, 20, 0);

        HandBuilt.moveAll(0, sink);
        assertThat(log).containsExactly("1");
        assertThat(sink.cursor().last()).isZero();

        HandBuilt.moveAll(PAUSE.toNanos(), sink);
        assertThat(log).containsExactly("1", "flush");
        assertThat(sink.cursor().last()).isEqualTo(1);
    }

    @Test
    void aBarrierEndsAWaitingBatchAndWatermarksDoNot() throws Exception {
        SinkLane<Cell> sink = first.sink(new LogSink(), Batching.of(10, Duration.ofSeconds(1)));
        first.settle();
        first.publish(1, 0);
        first.writer.control(Slot.WATERMARK, 1, 0);
        first.publish(2, 0);
        HandBuilt.moveAll(0, sink);
        assertThat(log).isEmpty();

        first.writer.control(Slot.BARRIER, 1, 0);
        HandBuilt.moveAll(1, sink);

        assertThat(log).containsExactly("1,2", "flush");
        assertThat(sink.cursor().last()).isEqualTo(3);
    }

    @Test
    void aBarrierWaitsForAParkedEventThatOnlyLacksRoom() throws Exception {
        var retrying = WhenFailed.retry(3, new Backoff(PAUSE, PAUSE).withoutJitter(), WhenFailed.stop());
        var before = new HandBuilt(16, retrying);
        var next = new HandBuilt(1, retrying);
        var nextLane = new LaneCursor(next.ring, 1);
        next.ring.gateOn(nextLane.progress());
        List<Long> met = new ArrayList<>();
        ParkingLane<Cell> parking = before.parking(
                cell -> {
                    met.add(cell.value);
                    if (cell.value == 3) {
                        // Room comes behind the attempt that found none.
                        nextLane.poll();
                        nextLane.pass(0);
                        return false;
                    }
                    if (met.size() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    return true;
                },
                4,
                next);
        before.settle();
        before.publish(1, 0);
        before.publish(2, 0);
        parking.work(0);
        before.publish(3, 0);
        before.writer.control(Slot.BARRIER, 1, 0);

        parking.work(PAUSE.toNanos());
        parking.work(PAUSE.toNanos());

        assertThat(met).containsExactly(1L, 2L, 1L, 3L);
        assertThat(next.writer.published()).isEqualTo(1);
        assertThat(Slot.kind(next.ring.columns().mark(1))).isEqualTo(Slot.DATA);
        assertThat(next.ring.event(1).value).isEqualTo(1);
    }
}
