package io.ringmain.internal.assembly;

import io.ringmain.internal.assembly.SegmentRooms.Station;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.stage.Part;
import io.ringmain.internal.stage.Partition;
import io.ringmain.internal.stage.StageLane;
import io.ringmain.internal.stage.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Builds the lanes that share the work of one stage by the keys of the events. */
record PartitionLanes<E>(SegmentBuilder.Site site, SegmentRooms<E> rooms, Fates<E> fates) {

    /** Makes the partition {@code name}, whose lanes are still to come. */
    Partition partition(String name, int lanes) {
        var partition = new Partition(name, site.partitions().size(), lanes, rooms.ring.columns());
        site.partitions().add(partition);
        return partition;
    }

    /** Makes the lanes, with one of {@code steps} each, behind those that stand at {@code front}; returns where they stand. */
    List<Station> lanes(Partition partition, Supplier<Step<E>> steps, List<Station> front, int rank) {
        List<StageLane<E>> lanes = new ArrayList<>();
        List<Station> stations = new ArrayList<>();
        for (int i = 0; i < partition.lanesMax(); i++) {
            var cursor = new LaneCursor(rooms.ring, SegmentBuilder.BATCH_MAX, SegmentBuilder.progress(front));
            Step<E> step = steps.get();
            var work = new StageLane.Work<>(List.of(step), new Part(partition, i));
            var lane = new StageLane<>(step.name() + '#' + (i + 1), cursor, rooms.ring, work, fates.of(step.name()));
            lanes.add(lane);
            site.grouping().handedOverWakes(partition.handedOver(), lane);
            stations.add(new Station(lane, cursor, rank));
        }
        partition.follow(
                stations.stream().map(station -> station.cursor().progress()).toList());
        rooms.stages.add(List.copyOf(lanes));
        rooms.stations.addAll(stations);
        site.grouping().addPartition(lanes);
        return stations;
    }
}
