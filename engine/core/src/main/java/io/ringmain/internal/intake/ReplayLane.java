package io.ringmain.internal.intake;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Replaying;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.Place;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.Lane;
import io.ringmain.internal.run.Supervisor;
import io.ringmain.spi.EventType;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalReader;
import io.ringmain.spi.Portable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * Publishes the slots of a journal again, in place of all sources: each event with its source, position and time of entry, each control event with its value.
 *
 * <p>Slots that mean nothing in a replay become padding, so that every other one keeps its sequence: barriers, because the replay keeps no checkpoints, and changes of a
 * partition that the pipeline has not.
 *
 * <p>Thread: one, the lane's, except {@link #stop} and what is counted.
 *
 * @param <E> the event
 */
public final class ReplayLane<E> extends Lane {

    private static final int BATCH_MAX = 256;

    private final RingWriter<E> writer;
    private final Input<E> input;
    private final Replaying how;
    private final Exits exits;
    private final int format;
    private final long clockNs;
    private final long sinceNs;
    private final long beforeNs;
    private final JournalBlock block = new JournalBlock();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final List<Counter> received = new CopyOnWriteArrayList<>();
    private final BlockedTime blocked = new BlockedTime("ring_full");
    private volatile boolean stopped;

    // Whether the block stands at a slot that is to be published.
    private boolean standing;
    private boolean begun;
    private long firstIngressNs;
    private long beganAtNs;
    private long dueAtNs = Long.MAX_VALUE;
    private boolean full;
    private boolean ending;
    private boolean ended;

    /**
     * What is replayed.
     *
     * @param lanesMax with how many lanes each partition begins, which is also the most that it can have
     * @param places where letters come back
     * @param types of the events of all segments
     * @param sources the names of the sources that the run had from the start, by number, as far as the description says
     */
    public record Input<E>(
            JournalReader reader,
            Portable<E> type,
            Replaying how,
            List<Integer> lanesMax,
            Places places,
            List<EventType<?>> types,
            List<String> sources) {}

    /**
     * How the lane is connected to the others.
     *
     * @param failed takes why the journal could not be read
     * @param cut how it ends the lanes behind it if it is halted
     * @param controls what it publishes between the slots
     */
    public record Exits(BiConsumer<String, Throwable> failed, LongConsumer cut, Controls controls) {}

    /** Makes the lane that writes by {@code writer}. */
    public ReplayLane(RingWriter<E> writer, Input<E> input, Exits exits) {
        super("intake");
        this.writer = writer;
        this.input = input;
        this.exits = exits;
        how = input.how();
        format = input.reader().head().format();
        clockNs = input.reader().head().clockNs();
        sinceNs = Supervisor.nanos(how.since());
        beforeNs = how.before() == null ? Long.MAX_VALUE : Supervisor.nanos(how.before());
        // Windows wait for all of them, also for one that never gives anything.
        input.sources().forEach(source -> name(names.size(), source));
    }

    @Override
    public int work(long nowNs) {
        dueAtNs = Long.MAX_VALUE;
        full = false;
        ending = ending || stopped;
        int published = exits.controls().publish(writer, nowNs) + replay(nowNs);
        if (ending && !full) {
            published += end(nowNs);
        }
        if (full) {
            blocked.hold(nowNs);
        } else {
            blocked.release(nowNs);
        }
        return published;
    }

    private int replay(long nowNs) {
        int published = 0;
        try {
            int slots = 0;
            while (slots < BATCH_MAX && !ending && find() && isDue(nowNs) && !full) {
                published += give(nowNs);
                slots++;
            }
        } catch (IOException | RuntimeException failure) {
            // Behind it there is nothing to hold back: what was read before is drained, and the run has failed.
            writer.rollbackLast();
            exits.failed().accept("replay", failure);
            ending = true;
        }
        return published + writer.commitStamped(nowNs);
    }

    /** Finds the next slot that is to be published; returns {@code false}, and ends the input, if there is none. */
    private boolean find() throws IOException {
        while (!standing && !ending) {
            if (!block.next()) {
                ending = !input.reader().next(block);
            } else if (block.kind() == JournalBlock.NAME) {
                name(block.source(), block.name());
            } else if (isBehind()) {
                ending = true;
            } else {
                standing = block.sequence() >= how.from() && block.ingressNs() - clockNs >= sinceNs;
            }
        }
        return standing;
    }

    /** Whether the slot at which the block stands comes behind the part that is replayed. */
    private boolean isBehind() {
        return block.kind() == JournalBlock.END
                || block.sequence() > how.until()
                || block.ingressNs() - clockNs >= beforeNs;
    }

    private void name(int source, String name) {
        while (names.size() <= source) {
            // First: a report asks for the count of each name.
            received.add(new Counter());
            names.add("source-" + names.size());
        }
        names.set(source, name);
    }

    private boolean isDue(long nowNs) {
        if (!begun) {
            begun = true;
            firstIngressNs = block.ingressNs();
            beganAtNs = nowNs;
        }
        long atNs = beganAtNs + (long) ((block.ingressNs() - firstIngressNs) / how.speed());
        if (atNs > nowNs) {
            dueAtNs = atNs;
            return false;
        }
        return true;
    }

    /** Publishes the slot at which the block stands if there is room; returns how many were published. */
    private int give(long nowNs) throws IOException {
        int kind = block.kind();
        if (kind == JournalBlock.DATA) {
            full = !claim();
            standing = full;
            return 0;
        }
        int committed = writer.commitStamped(nowNs);
        boolean given = kind == JournalBlock.REPARTITION
                ? repartition(block.position())
                : writer.control(
                        kind == JournalBlock.BARRIER ? Slot.PADDING : kind, block.position(), block.ingressNs());
        full = !given;
        standing = full;
        return given ? committed + 1 : committed;
    }

    private boolean claim() throws IOException {
        if (writer.room(1) == 0) {
            return false;
        }
        int source = block.source();
        if (source >= names.size()) {
            // Its name stood in a block that is lost.
            name(source, "source-" + source);
        }
        E event = writer.claim(source, block.position());
        if (event == null) {
            return false;
        }
        if (block.resumesAt() < 0) {
            block.read(input.type(), format, event);
        } else {
            comeBack(event);
        }
        writer.stamp(block.ingressNs());
        received.get(source).add(1);
        // What fails next takes nothing of this one back.
        writer.mark();
        return true;
    }

    private void comeBack(E slot) throws IOException {
        int segment = Place.segment(block.resumesAt());
        if (segment >= input.types().size() || !(input.types().get(segment) instanceof Portable<?> type)) {
            throw new IOException("sequence " + block.sequence() + ": a letter that came back into segment " + segment
                    + " (expected: one of the pipeline that wrote it, with events that can be read)");
        }
        writer.resumeLast(block.resumesAt());
        if (segment == 0) {
            block.read(input.type(), block.resumedFormat(), slot);
        } else {
            input.places().carried().put(block.position(), read(type));
        }
    }

    private <L> Object read(Portable<L> type) throws IOException {
        L event = requireNonNull(type.create(), "create()");
        block.read(type, block.resumedFormat(), event);
        return event;
    }

    private boolean repartition(long value) {
        int partition = Slot.partition(value);
        List<Integer> lanesMax = input.lanesMax();
        if (partition >= lanesMax.size()) {
            return writer.control(Slot.PADDING, value, block.ingressNs());
        }
        int lanes = Math.min(Slot.lanes(value), lanesMax.get(partition));
        return writer.control(Slot.REPARTITION, Slot.lanesOf(partition, lanes), block.ingressNs());
    }

    private int end(long nowNs) {
        ended = exits.controls().publishLast(writer, nowNs) && writer.control(Slot.END, 0, nowNs);
        full = !ended;
        return ended ? 1 : 0;
    }

    /** Makes the lane end its input where it is. Any thread. */
    public void stop() {
        stopped = true;
    }

    @Override
    public long wakeAtNs() {
        return dueAtNs;
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public void release() throws IOException {
        if (!ended) {
            exits.cut().accept(writer.published());
        }
        input.reader().close();
    }

    /** The names of the sources, by number; grows. */
    public List<String> names() {
        return names;
    }

    /** How many events came of the source with that number. Any thread. */
    public long received(int source) {
        return received.get(source).value();
    }

    /** How long the full ring held the replay back. */
    public List<BlockedTime> blocked() {
        return List.of(blocked);
    }
}
