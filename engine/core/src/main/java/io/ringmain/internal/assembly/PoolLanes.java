package io.ringmain.internal.assembly;

import io.ringmain.config.Pooling;
import io.ringmain.internal.assembly.Rooms.Opening;
import io.ringmain.internal.assembly.SegmentPlan.PoolElement;
import io.ringmain.internal.assembly.SegmentRooms.Station;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.PoolShare;
import io.ringmain.internal.run.Signal;
import io.ringmain.internal.run.Supervisor;
import io.ringmain.internal.stage.PoolLane;
import io.ringmain.internal.stage.Step;
import io.ringmain.internal.stage.TimedStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Builds the workers of a pool. */
record PoolLanes<E>(SegmentBuilder.Site site, SegmentRooms<E> rooms, Fates<E> fates, Placing<E> placing) {

    /** Makes the workers behind the lanes that stand at {@code front}; returns where they stand. */
    List<Station> lanes(PoolElement<E> element, List<Station> front, int rank) {
        int place = placing.next();
        Pooling pooling = element.pooling();
        var share = new PoolShare(pooling.min(), pooling.max(), element.blockMax());
        List<PoolLane<E>> lanes = new ArrayList<>();
        List<Station> stations = new ArrayList<>();
        for (int i = 0; i < pooling.max(); i++) {
            var taskEnded = new Signal();
            Step<E> step = step(element, i, taskEnded);
            placing.stands(step, place);
            site.stages().add(new Opening(step.name(), step::open, step::close));
            var cursor = new LaneCursor(rooms.ring, share, i, SegmentBuilder.progress(front));
            share.add(i, cursor);
            var lane = new PoolLane<>(
                    cursor, rooms.ring, step, fates.of(step.name()), new PoolLane.Membership(share, i, pooling));
            lanes.add(lane);
            site.grouping().taskEndWakes(taskEnded, lane);
            stations.add(new Station(lane, cursor, rank));
        }
        rooms.stages.add(List.copyOf(lanes));
        rooms.stations.addAll(stations);
        rooms.pools.add(new SegmentRooms.PoolRoom(
                element.name(), pooling, share, stations.get(0).cursor()));
        site.grouping().addPool(lanes, share);
        return stations;
    }

    private Step<E> step(PoolElement<E> element, int worker, Signal taskEnded) {
        Duration limit = element.pooling().timeLimit();
        if (limit == null) {
            return Step.ofStage(element.name(), element.stages().get());
        }
        String thread = site.plan().name + '/' + element.name() + '#' + (worker + 1) + " task";
        return Step.ofTimed(
                element.name(),
                new TimedStage.Parts<>(thread, element.stages(), rooms.ring.type(), site.threads(), taskEnded),
                Supervisor.nanos(limit));
    }
}
