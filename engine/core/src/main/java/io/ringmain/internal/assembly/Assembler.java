package io.ringmain.internal.assembly;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Checkpointing;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.assembly.Rooms.Opening;
import io.ringmain.internal.checkpoint.Checkpoints;
import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.checkpoint.ShownState;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.delivery.Subscribers;
import io.ringmain.internal.edge.RoomWriter;
import io.ringmain.internal.edge.Writers;
import io.ringmain.internal.failure.Retries;
import io.ringmain.internal.intake.Controls;
import io.ringmain.internal.intake.DirectIntake;
import io.ringmain.internal.intake.FeedLane;
import io.ringmain.internal.intake.IntakeLane;
import io.ringmain.internal.intake.Merge;
import io.ringmain.internal.intake.Places;
import io.ringmain.internal.intake.PushIntake;
import io.ringmain.internal.intake.ReplayLane;
import io.ringmain.internal.intake.SideRing;
import io.ringmain.internal.intake.SourceIntake;
import io.ringmain.internal.intake.Ticks;
import io.ringmain.internal.intake.WaitingIntake;
import io.ringmain.internal.journal.JournalLane;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.internal.ring.SharedWriter;
import io.ringmain.internal.run.Room;
import io.ringmain.internal.run.Signal;
import io.ringmain.internal.run.Supervisor;
import io.ringmain.internal.run.ThreadRunner;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.JournalHead;
import io.ringmain.spi.LetterSource;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the rooms of a checked plan, then leaves.
 *
 * @param <E> the event of the first segment
 */
public final class Assembler<E> {

    /** How many events the intake publishes at a time. */
    private static final int INTAKE_MAX = 256;

    private static final String INTAKE = "intake";

    private final Blueprint<E> plan;
    private final SegmentPlan<E> first;
    private final Rooms<E> rooms;
    private final Grouping grouping;
    private final SegmentBuilder.Site site;
    private final Signal published = new Signal();
    private final Controls controls;
    private final @Nullable Checkpoints checkpoints;
    private final int ringBound;
    private final long seed;

    @SuppressWarnings("unchecked") // The first segment of a Blueprint<E> has events of type E.
    private Assembler(Blueprint<E> plan, WhenFailed whenFailed) {
        this.plan = plan;
        first = (SegmentPlan<E>) plan.segments.get(0);
        ringBound = plan.replay != null ? first.bound : Writers.ringBound(plan.firstWhenFull(), first.bound);
        Runner runner = plan.runner == null ? new ThreadRunner(plan.name, plan.waiting) : plan.runner;
        var failures = new Failures();
        var supervisor = new Supervisor(plan.name, runner, failures, Supervisor.nanos(plan.drainWithin));
        checkpoints = checkpoints(supervisor, failures);
        controls = new Controls(lanes(plan), checkpoints, new Ticks(plan.tickNs(), runner), plan.tellsEnds());
        seed = plan.replay == null ? runner.seed() : plan.replay.reader().head().seed();
        rooms = new Rooms<>(supervisor, failures, new Retries(plan.name, seed), controls, checkpoints);
        grouping = new Grouping(plan);
        site = new SegmentBuilder.Site(
                plan,
                whenFailed,
                rooms.retries,
                failures,
                grouping,
                runner::spawn,
                new ArrayList<>(),
                new ArrayList<>(),
                rooms.partitions,
                new ArrayList<>(),
                checkpoints,
                plan.takesLettersBack() || plan.replay != null ? new Places() : null);
    }

    /** The checkpoints; where letters come back those that tell what has become of them, at least. */
    private @Nullable Checkpoints checkpoints(Supervisor supervisor, Failures failures) {
        var exits = new Checkpoints.Exits(
                supervisor::failed,
                failures::record,
                supervisor::hasFailed,
                supervisor::wakeIfAsleep,
                plan.deadLetters::flush);
        Checkpointing checkpointing = checkpointing(plan);
        if (checkpointing != null) {
            return new Checkpoints(checkpointing, exits);
        }
        return plan.takesLettersBack() ? Checkpoints.ofLetters(exits) : null;
    }

    private static @Nullable Checkpointing checkpointing(Blueprint<?> plan) {
        Blueprint.Replay replay = plan.replay;
        Replaying.Shown shown = replay == null ? null : replay.how().shown();
        return shown == null ? plan.checkpointing : new Checkpointing(new ShownState(shown), Duration.ofDays(365));
    }

    /** With how many lanes each partition begins. */
    private static int[] lanes(Blueprint<?> plan) {
        return plan.segments.stream()
                .flatMap(segment -> segment.partitionLanes().stream())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Builds the rooms of {@code plan}, in which {@link Check} found no problem. */
    public static <E> Rooms<E> assemble(Blueprint<E> plan) {
        if (plan.whenFailed == null) {
            throw new IllegalStateException("The plan was not checked.");
        }
        return new Assembler<>(plan, plan.whenFailed).assemble();
    }

    private Rooms<E> assemble() {
        SegmentBuilder<E> builder = inlet();
        @Nullable SegmentBuilder<?> next = builder;
        boolean sameEvents = true;
        while (next != null) {
            rooms.segments.add(next.rooms());
            SegmentBuilder<?> built = next;
            next = built.build();
            if (sameEvents && !built.endsInEdge()) {
                rooms.subscribers = subscribers(built);
            }
            sameEvents = sameEvents && built.endsInEdge();
        }
        site.sides().forEach(side -> {
            grouping.breakOff();
            rooms.segments.add(side.rooms());
            side.build();
        });
        if (rooms.direct != null) {
            builder.rooms().settle().progressed().add(rooms.direct.room());
        }
        if (plan.buries()) {
            rooms.keep(plan.deadLetters);
        }
        open(builder.rooms().journal());
        rooms.openings.addAll(site.sinks());
        rooms.openings.addAll(site.stages());
        if (plan.replay == null) {
            plan.sources.forEach(named ->
                    rooms.openings.add(new Opening(named.name(), named.source()::open, named.source()::close)));
        }
        plan.takes.forEach(take -> take.whenEnough(rooms.supervisor::endInput));
        if (plan.replay != null) {
            builder.rooms().settle().doNotTime();
        }
        rooms.supervisor.supervise(rooms, grouping.groups(rooms.supervisor));
        return rooms;
    }

    private void open(@Nullable JournalLane<E> journal) {
        if (journal == null) {
            return;
        }
        var recording = new Recording(plan, journal, rooms.supervisor);
        rooms.recording = recording;
        int format = Check.portable(first.type).format();
        rooms.openings.add(new Opening(
                JournalLane.NAME,
                () -> journal.open(new JournalHead(
                        plan.name, format, seed, checkpoints == null ? 0 : checkpoints.number(), rooms.runner.nowNs())),
                recording::close));
    }

    private SegmentBuilder<E> inlet() {
        if (plan.replay != null) {
            return replayed(plan.replay);
        }
        if (plan.merges()) {
            return merged();
        }
        return plan.firstWhenFull().hasRoom() ? waiting() : direct();
    }

    /** Sinks join where events of the first type have come to their end. */
    @SuppressWarnings("unchecked") // Edges do not change the type.
    private Subscribers<E> subscribers(SegmentBuilder<?> last) {
        return ((SegmentBuilder<E>) last).subscribers();
    }

    private SegmentBuilder<E> replayed(Blueprint.Replay replay) {
        Ring<E> ring = Ring.of(first.type, ringBound, false, published);
        var writer = new RingWriter<>(ring, false);
        var segment = new SegmentRooms<>(ring, writer, null);
        var lane = new ReplayLane<>(
                writer,
                new ReplayLane.Input<>(
                        replay.reader(),
                        Check.portable(first.type),
                        replay.how(),
                        Arrays.stream(lanes(plan)).boxed().toList(),
                        requireNonNull(site.places(), "places"),
                        plan.types(),
                        plan.sourceNames()),
                new ReplayLane.Exits(rooms.supervisor::failed, segment::cut, controls));
        rooms.replay = lane;
        rooms.openings.add(new Opening(INTAKE, () -> {}, replay.reader()::close));
        grouping.addIntake(lane);
        return new SegmentBuilder<>(site, first, segment, Inlet.passing(published, lane, lane.names())).takingLetters();
    }

    private SegmentBuilder<E> direct() {
        Ring<E> ring = Ring.of(first.type, ringBound, true, published);
        var direct = new DirectIntake<>(
                new SharedWriter<>(ring),
                new Room(rooms.runner),
                rooms.runner::nowNs,
                plan.firstWhenFull(),
                rooms::isOnOwnThread);
        rooms.direct = direct;
        List<String> names = push(direct);
        return new SegmentBuilder<>(
                site, first, new SegmentRooms<>(ring, null, null), Inlet.passing(published, null, names));
    }

    private SegmentBuilder<E> waiting() {
        Ring<E> ring = Ring.of(first.type, ringBound, false, published);
        RoomWriter<E> writer = Writers.ofPublishers(ring, plan.firstWhenFull(), first.bound, this::recordFailure);
        var segment = new SegmentRooms<>(ring, writer, null);
        var arrived = new Signal();
        var waiting = new WaitingIntake<>(writer, ringBound, rooms.runner::nowNs, arrived);
        rooms.waiting = waiting;
        var feed = new FeedLane(waiting, writer, segment::cut, controls);
        rooms.feed = feed;
        rooms.openings.add(new Opening(INTAKE, waiting::open, waiting::release));
        grouping.addIntake(feed);
        grouping.publicationWakes(arrived, null, feed);
        return new SegmentBuilder<>(site, first, segment, Inlet.passing(published, feed, push(waiting)));
    }

    private void recordFailure(Exception failure) {
        rooms.failures.record(INTAKE, failure);
    }

    /** Gives the push source, if there is one, its door; returns the names of those who publish. */
    private List<String> push(Publisher<E> door) {
        String name = Check.PUBLISHER;
        for (Blueprint.NamedPushSource<E> named : plan.pushSources) {
            name = named.name();
            rooms.pushes.add(new PushIntake<>(
                    named.name(),
                    named.source(),
                    door,
                    new PushIntake.Exits(rooms.supervisor::failed, rooms.supervisor::wakeIfAsleep)));
        }
        return List.of(name);
    }

    private SegmentBuilder<E> merged() {
        Ring<E> ring = Ring.of(first.type, ringBound, false, published);
        RingWriter<E> shared = plan.takesPolicies() || plan.takesLettersBack() ? new RingWriter<>(ring, false) : null;
        EventWriter<E> writer = shared == null
                ? Writers.ofLane(ring, plan.whenFull, first.bound, this::recordFailure)
                : Writers.ofSource(shared, first.type, plan.whenFull);
        rooms.openings.add(new Opening(INTAKE, writer::open, writer::close));
        var segment = new SegmentRooms<>(ring, writer, null);
        var merge = new Merge<>(
                new Merge.Into<>(writer, shared),
                new Merge.Side<>(first.type, first.bound, rooms.runner, rooms::isOnOwnThread),
                Check.names(plan),
                plan.merging);
        rooms.merge = merge;
        segment.fedBy(merge);
        join(merge);
        var intake = new IntakeLane<>(
                writer, merge, INTAKE_MAX, new IntakeLane.Exits(rooms.supervisor::failed, segment::cut, controls));
        rooms.intake = intake;
        grouping.addIntake(intake);
        grouping.publicationWakes(merge.arrived(), null, intake);
        return new SegmentBuilder<>(site, first, segment, new Inlet(published, intake, merge.names(), merge::isLasting))
                .takingLetters();
    }

    private void join(Merge<E> merge, DeadLetters letters) {
        LetterSource back = plan.takesLettersBack() ? letters.retries() : null;
        Saved saved = checkpoints == null ? null : checkpoints.source(DeadLetters.SOURCE, letters);
        Places places = site.places();
        merge.join(merge.letters(back, places == null ? new Places() : places, saved, letters.isDurable()));
        if (back != null) {
            back.wakes(merge.arrived());
        }
    }

    private void join(Merge<E> merge) {
        for (Blueprint.NamedSource<E> named : plan.sources) {
            SourceIntake<E> polled = merge.polled(named.name(), named.source(), named.whenFull());
            if (checkpoints != null) {
                polled.remembers(checkpoints.source(named.name(), named.source()));
            }
            merge.join(polled);
        }
        for (Blueprint.NamedPushSource<E> named : plan.pushSources) {
            SideRing<E> side = merge.pushed(named.name(), named.whenFull());
            merge.join(side);
            rooms.pushes.add(rooms.push(named.name(), named.source(), side));
        }
        if (plan.merging) {
            SideRing<E> side = merge.pushed(Check.PUBLISHER, null);
            merge.join(side);
            rooms.publisher = side;
        }
        // Behind all others: a replay numbers sources by the description, which has no letters.
        if (plan.hasLetterIntake()) {
            join(merge, plan.deadLetters);
        }
    }
}
