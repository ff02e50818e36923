package io.ringmain.internal.intake;

import io.ringmain.spi.PushSource;
import java.util.function.BiConsumer;

/**
 * A push source and its thread, which the runner starts beside the lanes.
 *
 * <p>Thread: {@link #run} on the source's own; the rest from any.
 *
 * @param <E> the event
 */
public final class PushIntake<E> implements Runnable {

    private final String name;
    private final PushSource<E> source;
    private final DirectIntake<E> publisher;
    private final Exits exits;
    private volatile boolean started;
    private volatile boolean ended;

    /** Whom to tell when the source has failed, and when it has ended. */
    public record Exits(BiConsumer<String, Throwable> failed, Runnable ended) {}

    /** Makes the intake of {@code source}, which publishes through {@code publisher}. */
    public PushIntake(String name, PushSource<E> source, DirectIntake<E> publisher, Exits exits) {
        this.name = name;
        this.source = source;
        this.publisher = publisher;
        this.exits = exits;
    }

    /** The source may be asked to run from now on. */
    public void start() {
        started = true;
    }

    @Override
    public void run() {
        try {
            source.run(publisher);
        } catch (Throwable failure) {
            exits.failed.accept(name, failure);
        }
        ended = true;
        exits.ended.run();
    }

    /** Makes the source return soon. */
    public void abort() {
        source.abort();
    }

    /** The source's name. */
    public String name() {
        return name;
    }

    /** Whether the source has returned by itself or was never started. */
    public boolean ended() {
        return ended || !started;
    }

    /** Whether the source has run and returned. */
    public boolean returned() {
        return ended;
    }
}
