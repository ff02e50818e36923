package io.ringmain.counters;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.PipelineState;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.run.Reply;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Counters that a pipeline owns: each call is an event, and waits until the lane has done it. */
final class SingleWriter extends NamedCounters<SingleWriter.Owned> {

    private static final String STATE = "state";
    private static final BiConsumer<Command, Ticket> FILL = Command::fill;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Meter meter;
    private final WriterState state;
    private final Pipeline<Command> pipeline;
    private final Publisher<Command> door;
    private final ThreadLocal<Ticket> tickets = ThreadLocal.withInitial(Ticket::new);
    private final LongAdder waiting = new LongAdder();

    private SingleWriter(CounterLimits limits, Meter meter, WriterState state, Pipeline<Command> pipeline) {
        super(limits, Owned.class);
        this.meter = meter;
        this.state = state;
        this.pipeline = pipeline;
        door = pipeline.publisher();
        List<String> names = state.names();
        for (int index = 0; index < names.size(); index++) {
            put(new Owned(this, names.get(index), index));
        }
    }

    /** Starts a writer; in memory only if {@code durable} is null. */
    static SingleWriter start(CounterLimits limits, @Nullable DurableCounters durable) {
        var meter = new Meter();
        var state = new WriterState(limits, meter, durable == null ? null : durable.past());
        PipelineBuilder<Command, Command> builder =
                Pipeline.of("counters", Command.TYPE).stage(STATE, state).whenFailed(WhenFailed.stop());
        if (durable != null) {
            builder.journal(durable.journal()).checkpoints(durable.checkpointing());
        }
        Pipeline<Command> pipeline = builder.build().start();
        long before = state.done();
        var writer = new SingleWriter(limits, meter, state, pipeline);
        writer.ask(writer.tickets.get().wants(Command.BEGIN, 0, 0, before, 0));
        return writer;
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
            if (!publish(ticket, limitNs)) {
                return false;
            }
            while (!ticket.reply.await(LOOK_NS)) {
                // A lane that has failed answers nobody any more.
                if (pipeline.state() == PipelineState.CLOSED && !ticket.reply.await(0)) {
                    throw lost();
                }
            }
        } finally {
            waiting.decrement();
        }
        if (isSample) {
            meter.waited(meter.nowNs() - sinceNs);
        }
        return true;
    }

    private boolean publish(Ticket ticket, long limitNs) {
        Publication outcome = limitNs == NO_LIMIT ? publish(ticket) : publishWithin(ticket, limitNs);
        return switch (outcome) {
            case PUBLISHED -> true;
            case FULL, INTERRUPTED -> false;
            case CLOSED, DROPPED ->
                throw new IllegalStateException("counters: closed (expected: open); nothing was done" + failures());
        };
    }

    private Publication publish(Ticket ticket) {
        Publication outcome = door.publish(FILL, ticket);
        boolean wasInterrupted = false;
        while (outcome == Publication.INTERRUPTED) {
            // What has no limit is done; the flag is for the caller.
            wasInterrupted |= Thread.interrupted();
            outcome = door.publish(FILL, ticket);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }

    private Publication publishWithin(Ticket ticket, long limitNs) {
        Publication outcome = door.tryPublish(FILL, ticket);
        if (outcome != Publication.FULL) {
            return outcome;
        }
        meter.contended(1);
        long sinceNs = meter.nowNs();
        while (outcome == Publication.FULL
                && meter.nowNs() - sinceNs < limitNs
                && !Thread.currentThread().isInterrupted()) {
            Reply.pause();
            outcome = door.tryPublish(FILL, ticket);
        }
        return outcome;
    }

    private IllegalStateException lost() {
        return new IllegalStateException(
                "counters: the writer ended before it answered (expected: an answer); whether this was done is known after the next start"
                        + failures());
    }

    private String failures() {
        return pipeline.reportWithoutTimes().failures().stream()
                .findFirst()
                .map(failure -> "; its " + failure.where() + " failed: " + failure.message())
                .orElse("");
    }

    @Override
    public CounterStatistics statistics() {
        Report report = pipeline.reportWithoutTimes();
        long blocked = report.edges().get(0).blocked().stream()
                .mapToLong(Report.Blocked::count)
                .sum();
        return meter.statistics(state.operations(), blocked, waiting.sum());
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
