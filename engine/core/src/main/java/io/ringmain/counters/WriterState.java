package io.ringmain.counters;

import io.ringmain.internal.counters.Counter;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalReader;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Each command that may change something has a number, over all runs. The first one of a run says how many there were before it, and the state knows how many it has done; so
 * it finds in the journal those that it has not, whichever checkpoint it was loaded from, and sees if some are missing. From run to run of one process it stays as it is: nothing is
 * loaded or repeated.
 */
/**
 * The values, as the lane that owns them sees them.
 *
 * <p>Thread: the lane; {@link #value} any.
 */
final class WriterState implements Stage<Command>, Stateful {

    private static final int FORMAT = 1;
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final CounterLimits limits;
    private final Meter meter;
    private final DurableCounters.@Nullable Past past;
    private final long[] values;
    private final Map<String, Integer> indexes = new LinkedHashMap<>();
    private final Counter operations = new Counter();
    private long done;
    private boolean isLive;
    private volatile boolean hasBegun;

    WriterState(CounterLimits limits, Meter meter, DurableCounters.@Nullable Past past) {
        this.limits = limits;
        this.meter = meter;
        this.past = past;
        values = new long[limits.countersMax()];
    }

    /** The value of the counter with that index. Any thread: who sees it sees what is in the journal. */
    long value(int index) {
        return (long) CELL.getAcquire(values, index);
    }

    private void value(int index, long next) {
        CELL.setRelease(values, index, next);
    }

    /** How many commands were done, in all runs. On the lane, or between two runs. */
    long done() {
        return done;
    }

    /** A run is to begin. Between two runs. */
    void beforeRun() {
        hasBegun = false;
    }

    /** Whether the first command of the run is in the journal. Any thread. */
    boolean hasBegun() {
        return hasBegun;
    }

    /** The names, by index. Before the lane begins. */
    List<String> names() {
        return List.copyOf(indexes.keySet());
    }

    /** How many operations were done since the start, in all runs of this process. Any thread. */
    long operations() {
        return operations.value();
    }

    @Override
    public boolean process(Command command) {
        Ticket ticket = command.ticket;
        boolean isSample = Meter.isSample(done);
        long sinceNs = isSample ? meter.nowNs() : 0;
        apply(command, ticket);
        operations.add(1);
        if (isSample) {
            meter.heldSince(sinceNs);
        }
        if (ticket != null) {
            // The slot keeps nobody's ticket.
            command.ticket = null;
            ticket.reply.give();
        }
        return true;
    }

    private void apply(Command command, @Nullable Ticket ticket) {
        if (command.what == Command.BEGIN) {
            hasBegun = true;
            return;
        }
        done++;
        switch (command.what) {
            case Command.READ -> read(ticket);
            case Command.CREATE -> create(command.name, ticket);
            case Command.TRANSFER -> transfer(command, ticket);
            default -> change(command, ticket);
        }
    }

    private void create(String name, @Nullable Ticket ticket) {
        Integer known = indexes.get(name);
        boolean isFull = known == null && indexes.size() >= limits.countersMax();
        int index = known == null ? indexes.size() : known;
        if (known == null && !isFull) {
            indexes.put(name, index);
        }
        if (ticket != null) {
            ticket.old = index;
            ticket.isFull = isFull;
        }
    }

    private void change(Command command, @Nullable Ticket ticket) {
        Change change = Change.of(command.what);
        long old = values[command.from];
        boolean overflows = change.overflows(old, command.first);
        if (!overflows) {
            value(command.from, change.next(old, command.first, command.second));
        }
        if (ticket != null) {
            ticket.old = old;
            ticket.isFull = overflows;
        }
    }

    private void transfer(Command command, @Nullable Ticket ticket) {
        long has = values[command.from];
        long other = values[command.to];
        Transfer outcome = has < command.first
                ? Transfer.INSUFFICIENT
                : Change.sumOverflows(other, command.first) ? Transfer.OVERFLOW : Transfer.DONE;
        if (outcome == Transfer.DONE) {
            value(command.from, has - command.first);
            value(command.to, other + command.first);
        }
        if (ticket != null) {
            ticket.transfer = outcome;
        }
    }

    private void read(@Nullable Ticket ticket) {
        if (ticket != null) {
            System.arraycopy(values, 0, ticket.values, 0, Math.min(indexes.size(), ticket.values.length));
        }
    }

    @Override
    public void open() throws IOException {
        if (past != null && !isLive) {
            past.each(this::repeat);
        }
        isLive = true;
    }

    /** Does what a run had done and the checkpoint does not know. */
    private void repeat(JournalReader run) throws IOException {
        var block = new JournalBlock();
        var command = new Command();
        long number = -1;
        while (run.next(block)) {
            while (block.next()) {
                if (block.kind() == JournalBlock.DATA) {
                    Command.TYPE.clear(command);
                    block.read(Command.TYPE, run.head().format(), command);
                    number = command.what == Command.BEGIN ? begin(command.first, block) : number + 1;
                    repeat(command, number, block);
                }
            }
        }
    }

    private long begin(long before, JournalBlock block) throws IOException {
        if (before > done) {
            throw new IOException("the journal begins a run behind operation " + before + " at sequence "
                    + block.sequence() + ", but only " + done
                    + " are known (expected: all); restore the runs, or the checkpoint, that are missing");
        }
        return before;
    }

    private void repeat(Command command, long number, JournalBlock block) throws IOException {
        if (number < 0) {
            throw new IOException(
                    "sequence " + block.sequence() + ": a run without its begin (expected: one of counters)");
        }
        if (number <= done) {
            return;
        }
        int countersMax = indexes.size();
        boolean isKnown = command.what == Command.CREATE
                || command.what == Command.READ
                || (command.from >= 0 && command.from < countersMax && command.to >= 0 && command.to < countersMax);
        if (!isKnown) {
            throw new IOException("sequence " + block.sequence() + ": a counter that is not there (expected: one of "
                    + countersMax + "); start with the limits of the run that wrote it");
        }
        apply(command, null);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeLong(done);
        out.writeInt(indexes.size());
        for (Map.Entry<String, Integer> entry : indexes.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(values[entry.getValue()]);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        if (isLive) {
            // It has done all of that in the runs before, and is read meanwhile.
            return;
        }
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("counters of format " + format + " (expected: " + FORMAT
                    + "); they were written by another version");
        }
        done = in.readLong();
        int count = in.readInt();
        if (count > limits.countersMax()) {
            throw new IOException(
                    count + " counters (expected: up to " + limits.countersMax() + "); raise countersMax");
        }
        List<String> names = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            names.add(in.readUTF());
            value(index, in.readLong());
        }
        names.forEach(name -> indexes.put(name, indexes.size()));
    }
}
