package io.ringmain.counters;

import static java.util.Objects.requireNonNull;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.PipelineException;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.run.Reply;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Publication;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/*
 * Durable counters live in runs. When the journal has grown, its lane ends the input of the run's pipeline: what is in the ring is done and answered, a last checkpoint stored, the journal
 * closed. A caller that finds the door closed has published nothing; one of these begins the next run, with the same state, and all publish there. When that run has stored a
 * checkpoint, the runs before it are forgotten. So there is always a run in the journal whose begin says how many operations there were before it, which a checkpoint must know.
 */
/** Counters that a pipeline owns: each call is an event, and waits until the lane has done it. */
final class SingleWriter extends NamedCounters<SingleWriter.Owned> {

    private static final String STATE = "state";
    private static final BiConsumer<Command, Ticket> FILL = Command::fill;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int CAUSES_MAX = 8;

    private final Meter meter = new Meter();
    private final WriterState state;
    // Null in memory only.
    private final @Nullable Kept kept;
    private final ThreadLocal<Ticket> tickets = ThreadLocal.withInitial(Ticket::new);
    private final LongAdder waiting = new LongAdder();

    private final ReentrantLock turning = new ReentrantLock();
    // These belong to who holds the lock; anybody may look at the run.
    private volatile WriterRun run;
    private boolean isClosed;
    private long triedAtNs;

    /** Where a writer keeps what it does. */
    private record Kept(WriterJournal journal, WriterStore store, Checkpointing checkpointing) {

        static Kept of(DurableCounters durable, WriterState state, Meter meter) {
            Checkpointing how = durable.checkpointing();
            var store = new WriterStore(requireNonNull(how.store()), durable.past(), state::hasBegun);
            return new Kept(
                    new WriterJournal(durable, meter::nowNs),
                    store,
                    new Checkpointing(store, how.every(), how.bytesMax()));
        }
    }

    private SingleWriter(CounterLimits limits, @Nullable DurableCounters durable) {
        super(limits, Owned.class);
        state = new WriterState(limits, meter, durable == null ? null : durable.past());
        kept = durable == null ? null : Kept.of(durable, state, meter);
        run = built();
    }

    /** Starts a writer; in memory only if {@code durable} is null. */
    static SingleWriter start(CounterLimits limits, @Nullable DurableCounters durable) {
        var writer = new SingleWriter(limits, durable);
        boolean isOpen = false;
        try {
            writer.await(writer.begin(writer.run), writer.run);
            isOpen = true;
        } finally {
            if (!isOpen) {
                writer.close();
            }
        }
        List<String> names = writer.state.names();
        for (int index = 0; index < names.size(); index++) {
            writer.put(new Owned(writer, names.get(index), index));
        }
        return writer;
    }

    private WriterRun built() {
        PipelineBuilder<Command, Command> builder =
                Pipeline.of("counters", Command.TYPE).stage(STATE, state).whenFailed(WhenFailed.stop());
        if (kept != null) {
            builder.journal(kept.journal).checkpoints(kept.checkpointing);
        }
        return new WriterRun(builder.build());
    }

    /** Starts {@code next}; its first command says how many there were before. Returns where that is answered. */
    private Ticket begin(WriterRun next) {
        state.beforeRun();
        if (kept != null) {
            WriterStore store = kept.store;
            store.beforeRun();
            kept.journal.beforeRun(() -> {
                store.endsRun();
                next.outgrown();
            });
        }
        next.start();
        // A caller's own has what the caller wants.
        Ticket ticket = new Ticket().wants(Command.BEGIN, 0, 0, state.done(), 0);
        // It is the first one in the ring: there is room, unless the run has failed, which the next one to publish is
        // told.
        next.door().tryPublish(FILL, ticket);
        return ticket;
    }

    /** A counter whose value is the state's. */
    static final class Owned extends NamedCounter {

        private final SingleWriter writer;
        private final int index;

        Owned(SingleWriter writer, String name, int index) {
            super(name);
            this.writer = writer;
            this.index = index;
        }

        @Override
        long change(Change change, long first, long second) {
            Ticket ticket = writer.tickets.get().wants(change.code, index, index, first, second);
            writer.ask(ticket);
            if (ticket.isFull) {
                throw overflow(ticket.old, first);
            }
            return ticket.old;
        }

        @Override
        public long get() {
            return writer.state.value(index);
        }
    }

    @Override
    public Strategy strategy() {
        return Strategy.SINGLE_WRITER;
    }

    @Override
    Owned make(String name) {
        Ticket ticket = tickets.get().wants(name);
        ask(ticket);
        if (ticket.isFull) {
            throw limits.full(name);
        }
        return new Owned(this, name, (int) ticket.old);
    }

    @Override
    Transfer move(Owned from, Owned to, long amount, long limitNs) {
        Ticket ticket = tickets.get().wants(Command.TRANSFER, from.index, to.index, amount, 0);
        return ask(ticket, limitNs) ? ticket.transfer : Transfer.TIMED_OUT;
    }

    @Override
    void read(List<Owned> counters, long[] into) {
        Ticket ticket = tickets.get().wants(Command.READ, 0, 0, 0, 0);
        int countMax =
                counters.stream().mapToInt(counter -> counter.index + 1).max().orElse(0);
        ticket.values = new long[countMax];
        ask(ticket);
        for (int i = 0; i < into.length; i++) {
            into[i] = ticket.values[counters.get(i).index];
        }
        ticket.values = new long[0];
    }

    private void ask(Ticket ticket) {
        ask(ticket, NO_LIMIT);
    }

    /** Publishes what the ticket wants, and waits for the answer; returns {@code false} if it could not be published in time. */
    private boolean ask(Ticket ticket, long limitNs) {
        boolean isSample = Meter.isSample(ticket.calls++);
        long sinceNs = isSample ? meter.nowNs() : 0;
        ticket.reply.ask();
        waiting.increment();
        try {
            WriterRun at = publish(ticket, limitNs);
            if (at == null) {
                return false;
            }
            await(ticket, at);
        } finally {
            waiting.decrement();
        }
        if (isSample) {
            meter.waited(meter.nowNs() - sinceNs);
        }
        return true;
    }

    private void await(Ticket ticket, WriterRun at) {
        while (!ticket.reply.await(LOOK_NS)) {
            // A lane that has failed answers nobody any more, and one without room nobody now.
            boolean isOver = at.isClosed();
            if ((isOver || isOutOfRoom()) && !ticket.reply.await(0)) {
                // It may be answered yet, when this thread has long asked for something else.
                tickets.remove();
                throw isOver ? lost(at) : noRoom(true);
            }
        }
    }

    /** Returns the run that has got what the ticket wants; null if none could in time. */
    private @Nullable WriterRun publish(Ticket ticket, long limitNs) {
        WriterRun at = run;
        if (hasRoom() && publish(ticket, at, limitNs) == Publication.PUBLISHED) {
            return at;
        }
        meter.contended(1);
        long sinceNs = meter.nowNs();
        while (true) {
            at = run;
            if (at.isOutgrown()) {
                next(at);
            } else if (hasRoom()) {
                Publication outcome = publish(ticket, at, limitNs);
                if (outcome == Publication.PUBLISHED) {
                    return at;
                }
                if (outcome != Publication.FULL && !at.isOutgrown()) {
                    throw closed(at);
                }
            }
            if (isOutOfRoom()) {
                throw noRoom(false);
            }
            if (at == run) {
                long leftNs = limitNs == NO_LIMIT ? PAUSE_NS : limitNs - (meter.nowNs() - sinceNs);
                if (leftNs <= 0
                        || (limitNs != NO_LIMIT && Thread.currentThread().isInterrupted())) {
                    return null;
                }
                Reply.pause(Math.min(PAUSE_NS, leftNs));
            }
        }
    }

    private static Publication publish(Ticket ticket, WriterRun at, long limitNs) {
        if (limitNs != NO_LIMIT) {
            return at.door().tryPublish(FILL, ticket);
        }
        Publication outcome = at.door().publish(FILL, ticket);
        boolean wasInterrupted = false;
        while (outcome == Publication.INTERRUPTED) {
            // What has no limit is done; the flag is for the caller.
            wasInterrupted |= Thread.interrupted();
            outcome = at.door().publish(FILL, ticket);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }

    /** Begins the run behind {@code over}, if that has ended, and nobody else is about to. */
    private void next(WriterRun over) {
        if (!over.isClosed() || !turning.tryLock()) {
            return;
        }
        // Else the files would be closed under the run's hands.
        boolean wasInterrupted = Thread.interrupted();
        try {
            if (run == over && (hasRoom() || meter.nowNs() - triedAtNs >= LOOK_NS)) {
                if (isClosed || !over.hasSucceeded()) {
                    throw closed(over);
                }
                WriterRun next = built();
                begin(next);
                run = next;
                meter.contended(over.blocked());
            }
        } catch (PipelineException failure) {
            if (isAboutInterrupt(failure)) {
                // It came meanwhile; whoever looks next tries again.
                return;
            }
            if (kept == null || FailureKind.of(failure) != FailureKind.NO_ROOM) {
                throw new UnavailableException(
                        "counters: could not go on (expected: a journal that can be written); nothing was done: "
                                + failure.getMessage(),
                        false,
                        failure);
            }
            triedAtNs = meter.nowNs();
            kept.journal.foundNoRoom();
        } finally {
            turning.unlock();
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isAboutInterrupt(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof ClosedByInterruptException || cause instanceof FileLockInterruptionException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private boolean hasRoom() {
        return kept == null || kept.journal.hasRoom();
    }

    private boolean isOutOfRoom() {
        return kept != null && kept.journal.isOutOfRoom();
    }

    private static UnavailableException closed(WriterRun at) {
        return new UnavailableException(
                "counters: closed (expected: open); nothing was done" + at.failures(), false, null);
    }

    private static UnavailableException lost(WriterRun at) {
        return new UnavailableException(
                "counters: the writer ended before it answered (expected: an answer); whether this was done is known after the next start"
                        + at.failures(),
                true,
                null);
    }

    private static UnavailableException noRoom(boolean mayBeDone) {
        return new UnavailableException(
                "counters: their journal has no room (expected: some on its disk); "
                        + (mayBeDone
                                ? "this is done once there is, unless the process ends before: look at the values then"
                                : "nothing was done: make room, and ask again"),
                mayBeDone,
                null);
    }

    @Override
    public CounterStatistics statistics() {
        return meter.statistics(state.operations(), run.blocked(), waiting.sum());
    }

    @Override
    public Optional<String> failure() {
        WriterRun at = run;
        return at.isClosed() && !at.hasSucceeded()
                ? Optional.of("their writer has ended" + at.failures())
                : Optional.empty();
    }

    @Override
    public void close() {
        turning.lock();
        try {
            isClosed = true;
            run.close();
            if (kept != null) {
                kept.store.closeForGood();
            }
        } finally {
            turning.unlock();
        }
    }
}
