package io.ringmain.testing;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A source that gives numbered events as a script says: so many events, a pause, a failure, the end. Positions and numbers
 * count from 0.
 *
 * <p>Thread: as {@link Source}; the script is written before the start.
 *
 * @param <E> the event
 */
public final class ScriptedSource<E> implements Source<E> {

    private record Line(
            long events, boolean pause, @Nullable RuntimeException failure) {}

    private final ObjLongConsumer<? super E> filler;
    private final Deque<Line> script = new ArrayDeque<>();
    private long number;
    private long left;
    private boolean opened;
    private boolean closed;
    private boolean endless;

    /** Makes a source that fills each event from its number by {@code filler}; its script is empty. */
    public ScriptedSource(ObjLongConsumer<? super E> filler) {
        this.filler = requireNonNull(filler, "filler");
    }

    /** Adds {@code count} events to the script. */
    public ScriptedSource<E> give(long count) {
        script.add(new Line(count, false, null));
        return this;
    }

    /** Adds a call that has nothing to give. */
    public ScriptedSource<E> pause() {
        script.add(new Line(0, true, null));
        return this;
    }

    /** Adds a call that claims an event and fails with {@code failure} before it is filled. */
    public ScriptedSource<E> fail(RuntimeException failure) {
        script.add(new Line(0, false, requireNonNull(failure, "failure")));
        return this;
    }

    /** The source never ends: after its script it has nothing to give. */
    public ScriptedSource<E> neverEnd() {
        endless = true;
        return this;
    }

    @Override
    public void open() {
        opened = true;
    }

    @Override
    public Status fill(Intake<E> intake, int max) {
        int given = 0;
        while (given < max) {
            if (left == 0) {
                Line line = script.poll();
                if (line == null) {
                    return endless ? Status.IDLE : Status.END;
                }
                if (line.pause) {
                    return given == 0 ? Status.IDLE : Status.READY;
                }
                if (line.failure != null) {
                    intake.claim(number);
                    throw line.failure;
                }
                left = line.events;
            } else {
                filler.accept(intake.claim(number), number);
                number++;
                left--;
                given++;
            }
        }
        return Status.READY;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** How many events it has given. */
    public long given() {
        return number;
    }

    /** Whether it was opened. */
    public boolean isOpened() {
        return opened;
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return closed;
    }
}
