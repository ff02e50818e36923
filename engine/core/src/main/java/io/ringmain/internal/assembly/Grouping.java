package io.ringmain.internal.assembly;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Threading;
import io.ringmain.config.Waiting;
import io.ringmain.internal.ring.PoolShare;
import io.ringmain.internal.run.Lane;
import io.ringmain.internal.run.LaneGroup;
import io.ringmain.internal.run.PoolCall;
import io.ringmain.internal.run.Signal;
import io.ringmain.internal.run.Supervisor;
import io.ringmain.internal.run.Waiter;
import io.ringmain.internal.stage.StageLane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which lanes share a thread, and who wakes whom.
 *
 * <p>Lanes join the current group until something asks for a new one: a boundary, an edge, a blocking sink (a group of its own),
 * {@link Threading.PerStage}.
 */
final class Grouping {

    /** With no more cores than this the stripes share their threads with the lanes before and behind. */
    private static final int SHARING_CORES_MAX = 3;

    private static final int STRIPES_MAX = 8;

    private record Wake(Signal signal, @Nullable Lane from, Lane to) {}

    private record Pooled(List<? extends Lane> workers, PoolShare share) {}

    private final boolean perStage;
    private final int cores;
    private final boolean sleeping;
    private final List<List<Lane>> groups = new ArrayList<>();
    private final List<Wake> wakes = new ArrayList<>();
    private final List<Wake> taskEnds = new ArrayList<>();
    private final List<Pooled> pools = new ArrayList<>();
    private @Nullable List<Lane> current;

    Grouping(Blueprint<?> plan) {
        perStage = plan.threading instanceof Threading.PerStage;
        cores = plan.threading instanceof Threading.Auto auto ? auto.cores() : Integer.MAX_VALUE;
        // Threads that never sleep need no waking, and every wake costs a fence.
        sleeping = plan.runner != null || plan.waiting == Waiting.BLOCKING;
    }

    /** Whether each stage is to have a lane of its own. */
    boolean perStage() {
        return perStage;
    }

    /** Places the lane of the sources; on a single core the stages will share its thread. */
    void addIntake(Lane lane) {
        join(lane);
        if (cores > 1) {
            breakOff();
        }
    }

    /** Places a lane of stages or an emitter. */
    void addStage(Lane lane) {
        if (perStage) {
            breakOff();
        }
        join(lane);
    }

    /** How many lanes share the work of striped stages: as many as there are cores, less those of the source and the lanes behind. */
    int stripes() {
        if (perStage || cores == 1) {
            return 1;
        }
        return cores <= SHARING_CORES_MAX ? cores : Math.min(STRIPES_MAX, cores - 2);
    }

    /**
     * Places lanes that share the work of striped stages. On few cores the first one shares its thread with whoever comes before it and the last one
     * with those behind: the work in between is what takes the time. The first one then only helps: if it took each block as soon as its
     * thread has published it, the others would get none.
     */
    void addStripes(List<? extends StageLane<?>> lanes) {
        for (int i = 0; i < lanes.size(); i++) {
            if (i == 0 && cores <= SHARING_CORES_MAX && current == null && !groups.isEmpty()) {
                current = groups.get(groups.size() - 1);
                lanes.get(0).help();
            } else if (i > 0 || cores > SHARING_CORES_MAX) {
                breakOff();
            }
            join(lanes.get(i));
        }
        if (cores > SHARING_CORES_MAX) {
            breakOff();
        }
    }

    /** Places the workers of a pool, each on a thread of its own. */
    void addPool(List<? extends Lane> workers, PoolShare share) {
        workers.forEach(this::alone);
        pools.add(new Pooled(workers, share));
        breakOff();
    }

    /** The end of a task that runs beside {@code lane} is what it may wait for. */
    void taskEndWakes(Signal ended, Lane lane) {
        taskEnds.add(new Wake(ended, null, lane));
    }

    /** Places the lanes of a partition: each has a thread of its own, for the embedder has said how many; but on one core all share one. */
    void addPartition(List<? extends Lane> lanes) {
        boolean sharing = cores == 1 && !perStage;
        for (Lane lane : lanes) {
            if (!sharing) {
                breakOff();
            }
            join(lane);
        }
        if (!sharing) {
            breakOff();
        }
    }

    /** Places the lane of a sink. */
    void addSink(Lane lane, boolean blocking) {
        if (blocking || perStage) {
            alone(lane);
        } else {
            join(lane);
        }
    }

    /** Places the settling lane with those before it if they share a thread, else alone. */
    void addSettle(Lane lane, List<Lane> before) {
        List<Lane> shared = before.isEmpty() ? null : groupOf(before.get(0));
        if (shared != null && shared.containsAll(before)) {
            shared.add(lane);
        } else if (before.stream().allMatch(StageLane.class::isInstance)) {
            join(lane);
        } else {
            alone(lane);
        }
    }

    /** The next lane begins a new thread. */
    void breakOff() {
        current = null;
    }

    /** The next segment begins: behind an edge always with a new thread, else if there is a core for it. */
    void nextSegment(boolean edge) {
        if (edge || groups.size() < cores) {
            breakOff();
        }
    }

    private void join(Lane lane) {
        List<Lane> group = current;
        if (group == null) {
            group = alone(lane);
            current = group;
        } else {
            group.add(lane);
        }
    }

    private List<Lane> alone(Lane lane) {
        List<Lane> group = new ArrayList<>(List.of(lane));
        groups.add(group);
        return group;
    }

    private @Nullable List<Lane> groupOf(Lane lane) {
        for (List<Lane> group : groups) {
            if (group.contains(lane)) {
                return group;
            }
        }
        return null;
    }

    /** The progress of {@code from} is what {@code to} may wait for. */
    void wakes(Lane from, Lane to) {
        wakes.add(new Wake(from.progressed(), from, to));
    }

    /** A publication by {@code from}, or by any thread if it is null, is what {@code to} may wait for. */
    void publicationWakes(Signal published, @Nullable Lane from, Lane to) {
        wakes.add(new Wake(published, from, to));
    }

    /** What a sibling says when it has taken new groups is what {@code to} may wait for. */
    void handedOverWakes(Signal handedOver, Lane to) {
        wakes.add(new Wake(handedOver, null, to));
    }

    /** Makes the groups, those nearest to the sinks first, and connects the signals. */
    List<LaneGroup> groups(Supervisor supervisor) {
        List<LaneGroup> made = new ArrayList<>();
        Map<Lane, LaneGroup> places = new HashMap<>();
        for (List<Lane> lanes : groups) {
            var group = new LaneGroup(lanes, supervisor);
            made.add(group);
            lanes.forEach(lane -> places.put(lane, group));
        }
        if (sleeping) {
            connect(places);
        }
        Collections.reverse(made);
        return made;
    }

    private void connect(Map<Lane, LaneGroup> places) {
        for (Wake end : taskEnds) {
            end.signal().add(requireNonNull(places.get(end.to()), "group"));
        }
        Map<Lane, Waiter> sleepers = new HashMap<>(places);
        for (Pooled pool : pools) {
            List<LaneGroup> workers = pool.workers().stream()
                    .map(worker -> requireNonNull(places.get(worker), "group"))
                    .toList();
            var one = new Signal();
            var all = new Signal();
            workers.forEach(all::add);
            var call = new PoolCall(pool.share()::firstFree, workers);
            one.add(call);
            pool.share().onCall(one, all);
            pool.workers().forEach(worker -> sleepers.put(worker, call));
        }
        for (Wake wake : wakes) {
            Waiter sleeper = sleepers.get(wake.to());
            if (sleeper != null && (wake.from() == null || sleepers.get(wake.from()) != sleeper)) {
                wake.signal().add(sleeper);
            }
        }
    }
}
