package io.ringmain;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.assembly.Blueprint.NamedPushSource;
import io.ringmain.internal.assembly.Blueprint.NamedSource;
import io.ringmain.internal.assembly.Check;
import io.ringmain.internal.assembly.Rooms;
import io.ringmain.internal.assembly.Rooms.Opening;
import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.intake.Merge;
import io.ringmain.internal.intake.PushIntake;
import io.ringmain.internal.intake.SideRing;
import io.ringmain.internal.intake.SourceIntake;
import io.ringmain.internal.run.Phase;
import io.ringmain.spi.Source;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets sources join a pipeline that is built.
 *
 * <p>Thread: any.
 *
 * @param <E> the event that enters the pipeline
 */
final class Newcomers<E> {

    private final String name;
    private final Rooms<E> rooms;
    private final Object opening;

    /** Makes the way into {@code rooms}; {@code opening} is held while they are opened. */
    Newcomers(String name, Rooms<E> rooms, Object opening) {
        this.name = name;
        this.rooms = rooms;
        this.opening = opening;
    }

    /** Adds a pollable source, as {@link Pipeline#addSource(String, Source)} says. */
    boolean add(NamedSource<E> coming) {
        Merge<E> merge = mergeFor(coming.name());
        checkOwn(merge, coming.name(), coming.whenFull());
        synchronized (opening) {
            if (rooms.supervisor.phase() == Phase.BUILT) {
                boolean joined = false;
                takeName(merge, coming.name());
                try {
                    Saved place =
                            rooms.checkpoints == null ? null : rooms.checkpoints.source(coming.name(), coming.source());
                    joined = merge.join(polled(merge, coming, place));
                    rooms.openings.add(new Opening(coming.name(), coming.source()::open, coming.source()::close));
                } finally {
                    giveBackUnless(joined, merge, coming.name());
                }
                return joined;
            }
        }
        return rooms.supervisor.phase() == Phase.STARTED && addRunning(merge, coming);
    }

    private SourceIntake<E> polled(Merge<E> merge, NamedSource<E> coming, @Nullable Saved place) {
        SourceIntake<E> polled = merge.polled(coming.name(), coming.source(), coming.whenFull());
        polled.remembers(place);
        return polled;
    }

    private @Nullable Saved loaded(NamedSource<E> coming) {
        try {
            return rooms.checkpoints == null ? null : rooms.checkpoints.newcomer(coming.name(), coming.source());
        } catch (IOException failure) {
            throw new PipelineException(
                    name,
                    List.of(coming.name() + ": what the checkpoint says of it could not be loaded: " + failure),
                    failure);
        }
    }

    private boolean addRunning(Merge<E> merge, NamedSource<E> coming) {
        boolean opened = false;
        boolean joined = false;
        takeName(merge, coming.name());
        try {
            Saved place = loaded(coming);
            open(coming.name(), coming.source());
            opened = true;
            joined = merge.join(polled(merge, coming, place));
        } finally {
            if (opened && !joined) {
                close(coming.name(), coming.source());
            }
            giveBackUnless(joined, merge, coming.name());
        }
        return joined;
    }

    private void open(String source, Source<E> opening) {
        try {
            opening.open();
        } catch (Exception failure) {
            throw new PipelineException(name, List.of(source + ": could not be opened: " + failure), failure);
        }
    }

    private void close(String source, Source<E> closing) {
        try {
            closing.close();
        } catch (Exception failure) {
            rooms.failures.record(source, failure);
        }
    }

    /** Adds a push source, as {@link Pipeline#addPushSource(String, io.ringmain.spi.PushSource)} says. */
    boolean add(NamedPushSource<E> coming) {
        Merge<E> merge = mergeFor(coming.name());
        checkOwn(merge, coming.name(), coming.whenFull());
        if (!merge.isCopyable()) {
            throw new IllegalStateException(
                    "pipeline " + name + ": a push source over an event type that cannot be copied"
                            + " (expected: copyable); give EventType.of a copy function");
        }
        boolean running;
        PushIntake<E> push;
        synchronized (opening) {
            boolean joined = false;
            takeName(merge, coming.name());
            try {
                SideRing<E> side = merge.pushed(coming.name(), coming.whenFull());
                push = rooms.push(coming.name(), coming.source(), side);
                running = rooms.supervisor.phase() != Phase.BUILT;
                if (running) {
                    push.start();
                }
                rooms.pushes.add(push);
                joined = merge.join(side);
                if (!joined) {
                    rooms.pushes.remove(push);
                    rooms.supervisor.wakeIfAsleep();
                    return false;
                }
            } finally {
                giveBackUnless(joined, merge, coming.name());
            }
        }
        if (running) {
            spawn(push);
        }
        return true;
    }

    private void spawn(PushIntake<E> push) {
        try {
            rooms.spawn(push, name);
        } catch (RuntimeException | OutOfMemoryError noThread) {
            throw new PipelineException(name, List.of(push.name() + ": could not be run: " + noThread), noThread);
        }
    }

    private Merge<E> mergeFor(String source) {
        if (requireNonNull(source, "name").isBlank()) {
            throw new IllegalArgumentException("source: blank name (expected: a name)");
        }
        Merge<E> merge = rooms.merge();
        if (merge == null) {
            throw new IllegalStateException("pipeline " + name
                    + ": takes its events from its publisher or its one push source (expected: a pipeline whose sources take turns,"
                    + " to add " + source + "); build it as merging()");
        }
        return merge;
    }

    private void checkOwn(Merge<E> merge, String source, @Nullable WhenFull own) {
        if (own == null) {
            return;
        }
        if (own.hasRoom()) {
            throw new IllegalArgumentException(Check.needsRoom(source, own));
        }
        if (!merge.takesPolicies()) {
            throw new IllegalStateException(
                    "pipeline " + name + ": source " + source + ".whenFull: " + own
                            + " in a pipeline with one policy for all (expected: built as merging(), its whenFull without a waiting room)");
        }
    }

    private void takeName(Merge<E> merge, String source) {
        if (!merge.takeName(source)) {
            throw new IllegalArgumentException(
                    "pipeline " + name + ": source " + source
                            + ": the name is taken (expected: unique, also among sources that are gone); reports could not tell them apart");
        }
    }

    private static void giveBackUnless(boolean joined, Merge<?> merge, String source) {
        if (!joined) {
            merge.giveNameBack(source);
        }
    }
}
