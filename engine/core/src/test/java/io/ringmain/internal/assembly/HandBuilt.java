package io.ringmain.internal.assembly;

import io.ringmain.config.Batching;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.delivery.Circuit;
import io.ringmain.internal.delivery.Outcomes;
import io.ringmain.internal.delivery.SettleLane;
import io.ringmain.internal.delivery.SinkLane;
import io.ringmain.internal.delivery.SlotBatch;
import io.ringmain.internal.delivery.Way;
import io.ringmain.internal.failure.Burial;
import io.ringmain.internal.failure.Retries;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.LaneProgress;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.internal.run.Lane;
import io.ringmain.internal.stage.EventLane.Fate;
import io.ringmain.internal.stage.IntoLane;
import io.ringmain.internal.stage.ParkingArena;
import io.ringmain.internal.stage.ParkingLane;
import io.ringmain.internal.stage.StageLane;
import io.ringmain.internal.stage.Step;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import java.util.ArrayList;
import java.util.List;

/** One segment with its lanes, put together by hand, so that a test can write control events and call lanes one by one. */
final class HandBuilt {

    private static final List<String> SOURCES = List.of("test");

    final Ring<Cell> ring;
    final RingWriter<Cell> writer;
    final Failures failures = new Failures();
    final MemoryDeadLetters letters = new MemoryDeadLetters();
    private final WhenFailed whenFailed;
    private LaneProgress[] front = {};
    private final List<LaneProgress> beside = new ArrayList<>();
    private final List<Outcomes> outcomes = new ArrayList<>();

    HandBuilt(int bound, WhenFailed whenFailed) {
        ring = Ring.of(Cell.TYPE, bound, false, () -> {});
        writer = new RingWriter<>(ring, false);
        this.whenFailed = whenFailed;
    }

    /** Publishes one event at {@code nowNs}. */
    void publish(long value, long nowNs) {
        Cell cell = writer.claim(0, value);
        if (cell == null) {
            throw new AssertionError("The ring of the test is full.");
        }
        cell.value = value;
        writer.commit(nowNs);
    }

    StageLane<Cell> stages(List<Step<Cell>> steps) {
        var cursor = new LaneCursor(ring, 256, front);
        front = new LaneProgress[] {cursor.progress()};
        return new StageLane<>("stages", cursor, ring, steps, fate());
    }

    IntoLane<Cell, Cell> into(Emitter<Cell, Cell> emitter, HandBuilt next) {
        var cursor = new LaneCursor(ring, 256, front);
        front = new LaneProgress[] {cursor.progress()};
        return new IntoLane<>(
                cursor,
                ring,
                Step.ofEmitter("into"),
                emitter,
                new IntoLane.Into<>(fate(), new IntoLane.Next<>(next.writer, sequence -> {}, false, null), null, null));
    }

    ParkingLane<Cell> parking(Stage<Cell> stage, int bound, HandBuilt next) {
        var cursor = new LaneCursor(ring, 256, front);
        front = new LaneProgress[] {cursor.progress()};
        var arena = new ParkingArena<>(
                Cell.TYPE, SOURCES, bound, () -> new Retries("test", 1).attempts("parking", whenFailed));
        return new ParkingLane<>(
                cursor,
                ring,
                Step.ofStage("parking", stage),
                new ParkingLane.Parts<>(
                        fate(),
                        new IntoLane.Next<>(next.writer, sequence -> {}, true, null),
                        burial(),
                        arena,
                        null,
                        null));
    }

    SinkLane<Cell> sink(Sink<Cell> sink, Batching batching) {
        var cursor = new LaneCursor(ring, 256, front);
        beside.add(cursor.progress());
        var outcome = new Outcomes(ring.size());
        outcomes.add(outcome);
        return new SinkLane<>(
                "sink",
                new SinkLane.Setup<>(
                        sink,
                        ring,
                        cursor,
                        batching,
                        new SlotBatch<>(ring, SOURCES, batching.countMax()),
                        outcome,
                        new Retries("test", 1).attempts("lane", whenFailed),
                        new Circuit(null, "hand-built", "sink"),
                        burial(),
                        failures,
                        Way.straight(),
                        null));
    }

    SettleLane settle() {
        LaneProgress[] last = beside.isEmpty() ? front : beside.toArray(new LaneProgress[0]);
        var cursor = new LaneCursor(ring, 1024, last);
        ring.gateOn(cursor.progress());
        return new SettleLane("settle", ring, cursor, new SettleLane.Behind(outcomes, List.of(), false), 1024);
    }

    private Fate<Cell> fate() {
        return new Fate<>(new Retries("test", 1).attempts("lane", whenFailed), burial(), failures);
    }

    private Burial<Cell> burial() {
        return new Burial<>(
                ring, new Burial.LetterHead("test", SOURCES, source -> true, letters, WhenLettersFull.STOP));
    }

    /** Calls the lanes, in turn, until none can move at {@code nowNs}. */
    static void moveAll(long nowNs, Lane... lanes) throws Exception {
        int worked = 1;
        while (worked > 0) {
            worked = 0;
            for (Lane lane : lanes) {
                worked += lane.done() ? 0 : lane.work(nowNs);
            }
        }
    }
}
