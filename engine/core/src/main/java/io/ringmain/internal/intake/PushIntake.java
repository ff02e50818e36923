package io.ringmain.internal.intake;

import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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
    private final Publisher<E> publisher;
    private final Exits exits;
    private volatile boolean started;
    private volatile boolean aborted;
    private volatile @Nullable Thread thread;
    private volatile boolean ended;

    /** Whom to tell when the source has failed, and when it has ended. */
    public record Exits(BiConsumer<String, Throwable> failed, Runnable ended) {}

    /** Makes the intake of {@code source}, which publishes through {@code publisher}. */
    public PushIntake(String name, PushSource<E> source, Publisher<E> publisher, Exits exits) {
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
        thread = Thread.currentThread();
        try {
            if (!aborted) {
                source.run(publisher);
            }
        } catch (Throwable failure) {
            exits.failed.accept(name, failure);
        } finally {
            thread = null;
            ended = true;
            exits.ended.run();
        }
    }

    /** Makes the source not begin, if it has not begun. */
    public void forbid() {
        aborted = true;
    }

    /** Makes the source return soon, or not begin. User code: it may throw or even block, so it gets a thread of its own. */
    public void abort() {
        aborted = true;
        try {
            source.abort();
        } catch (Throwable failure) {
            exits.failed.accept(name, failure);
        }
    }

    /** Whether {@code asking} is the source's own thread. */
    public boolean isRunBy(Thread asking) {
        return thread == asking;
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
