package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A sink that keeps a {@link Digest} of the events that it is given, and hands them to another sink if it has one: to tell whether two runs gave the same. What
 * becomes of an event in that sink, and how often it is tried, does not matter.
 *
 * <p>Cost: each event is written once more, into memory, and hashed. Allocates nothing per event.
 *
 * <p>Thread: as {@link Sink}; {@link #digest} any, once the pipeline is closed.
 *
 * @param <E> the event
 */
public final class DigestSink<E> implements Sink<E> {

    private static final int EVENT_BYTES = 1024;

    private final Portable<? super E> type;
    private final @Nullable Sink<E> sink;
    private final boolean sinkChooses;
    private final ByteOutput bytes = new ByteOutput(EVENT_BYTES);
    private final Hash128 hash = new Hash128();
    private long events;
    private long chainLow;
    private long chainHigh;
    private long sumLow;
    private long sumHigh;

    /** Makes a sink that only keeps the digest, of events that {@code type} writes. */
    public DigestSink(Portable<? super E> type) {
        this.type = requireNonNull(type, "type");
        sink = null;
        sinkChooses = false;
    }

    /** Makes a sink that keeps the digest, of events that {@code type} writes, of those that {@code sink} wants, and hands them on. */
    public DigestSink(Portable<? super E> type, Sink<E> sink) {
        this.type = requireNonNull(type, "type");
        this.sink = requireNonNull(sink, "sink");
        sinkChooses = sink.chooses();
    }

    /** The sink that the events are handed to; null if there is none. */
    public @Nullable Sink<E> sink() {
        return sink;
    }

    /** The digest of what it was given so far. Allocates. */
    public Digest digest() {
        return new Digest(events, hex(chainHigh, chainLow), hex(sumHigh, sumLow));
    }

    private static String hex(long high, long low) {
        HexFormat digits = HexFormat.of();
        return digits.toHexDigits(high) + digits.toHexDigits(low);
    }

    @Override
    public boolean chooses() {
        return true;
    }

    /** Adds the event to the digest: asked once per event, before it comes into a batch, however often that is tried; and once more when it comes back as a letter. */
    @Override
    public boolean wants(E event) throws Exception {
        if (sinkChooses && sink != null && !sink.wants(event)) {
            return false;
        }
        bytes.truncate(0);
        type.write(event, bytes);
        hash.of(bytes.array(), bytes.size());
        sumLow += hash.low;
        sumHigh += hash.high;
        chainLow = Hash128.chain(chainLow, hash.low);
        chainHigh = Hash128.chain(chainHigh, hash.high);
        events++;
        return true;
    }

    @Override
    public void write(Batch<E> batch) throws Exception {
        if (sink != null) {
            sink.write(batch);
        }
    }

    @Override
    public void flush() throws Exception {
        if (sink != null) {
            sink.flush();
        }
    }

    @Override
    public FailureKind kindOf(Exception failure) {
        return sink == null ? FailureKind.of(failure) : sink.kindOf(failure);
    }

    @Override
    public void open() throws Exception {
        if (sink != null) {
            sink.open();
        }
    }

    @Override
    public void close() throws Exception {
        if (sink != null) {
            sink.close();
        }
    }

    @Override
    public void abort() {
        if (sink != null) {
            sink.abort();
        }
    }

    @Override
    public boolean blocking() {
        return sink != null && sink.blocking();
    }
}
