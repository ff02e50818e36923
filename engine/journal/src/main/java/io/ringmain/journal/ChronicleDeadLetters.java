package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.journal.internal.queue.CycleCursor.Found;
import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.journal.internal.queue.QueueFiles;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.LetterCodec;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters in the files of a queue: they outlive the process, and can be tried again one by one.
 *
 * <p>A lane that buries an event encodes it into a buffer, which allocates nothing and waits for nothing; a thread of the store writes what has gathered. What
 * {@link #flush} has waited for is as safe as the {@link Durability} says.
 *
 * <p>Beside checkpoints a letter is written once: a run that goes on after a kill knows what was written behind its checkpoint, and does not write the
 * letter of an event that it reads again and that fails again at the same place.
 *
 * <p>Thread: as {@link DeadLetters}. One process at a time writes to a directory; any may read it.
 */
public final class ChronicleDeadLetters implements DeadLetters, Stateful {

    /** How large each of two buffers is, unless said otherwise: {@value}, 4 MiB. */
    public static final int BUFFER_BYTES_DEFAULT = 4 << 20;

    /** The smallest buffer: {@value}. */
    public static final int BUFFER_BYTES_MIN = 64 << 10;

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");
    private static final int STATE_FORMAT = 1;

    private final Path directory;
    private final Durability durability;
    private final Keeping keeping;
    private final int bufferBytes;
    private final LongSupplier epochNs;
    private final Codecs codecs;
    private final MarkTable marks = new MarkTable();
    private final LetterRetries retries;

    // From a checkpoint; what is not in it yet, or again, stands in the writer.
    private long run;
    private long number;
    private long[] outstanding;

    private final Object knownLock = new Object();
    private final KnownLetters known = new KnownLetters();
    private final KnownChildren children = new KnownChildren();
    private @Nullable QueueFiles files;
    private @Nullable KeptFiles kept;
    private volatile @Nullable LetterWriter writer;

    private ChronicleDeadLetters(Builder builder) {
        directory = builder.directory;
        durability = builder.durability;
        keeping = builder.keeping;
        bufferBytes = builder.bufferBytes;
        epochNs = builder.epochNs;
        codecs = new Codecs(builder.codecs);
        retries = new LetterRetries(new LetterFinder(directory), marks, codecs, epochNs, more -> writer().mark(more));
        beginRun();
    }

    /** Returns a store in {@code directory} with all defaults. */
    public static ChronicleDeadLetters in(Path directory) {
        return builder(directory).build();
    }

    /** Begins a store in {@code directory}, which is made when the store is opened. */
    public static Builder builder(Path directory) {
        return new Builder(requireNonNull(directory, "directory"));
    }

    /** What a store is made of. Thread: one. */
    public static final class Builder {

        private final Path directory;
        private Durability durability = Durability.OS;
        private Keeping keeping = Keeping.DEFAULT;
        private int bufferBytes = BUFFER_BYTES_DEFAULT;
        // tidy: the time of a letter is shown to people and takes no part in any result.
        private LongSupplier epochNs = () -> System.currentTimeMillis() * 1_000_000;
        private final Map<EventType<?>, LetterCodec<?>> codecs = new HashMap<>();

        private Builder(Path directory) {
            this.directory = directory;
        }

        /** Sets what letters survive; {@link Durability#OS} unless said otherwise. */
        public Builder durability(Durability what) {
            durability = requireNonNull(what, "durability");
            return this;
        }

        /** Sets how much is kept; {@link Keeping#DEFAULT} unless said otherwise. */
        public Builder keeping(Keeping howMuch) {
            keeping = requireNonNull(howMuch, "keeping");
            return this;
        }

        /** Sets how large each of two buffers is, at least {@value #BUFFER_BYTES_MIN}; one grows for a letter that is larger. */
        public Builder bufferBytes(int bytes) {
            if (bytes < BUFFER_BYTES_MIN) {
                throw new IllegalArgumentException(
                        "bufferBytes: " + bytes + " (expected: >= " + BUFFER_BYTES_MIN + ')');
            }
            bufferBytes = bytes;
            return this;
        }

        /** Sets the clock that letters have their time from, in epoch nanoseconds. Called by any lane. */
        public Builder clock(LongSupplier clock) {
            epochNs = requireNonNull(clock, "clock");
            return this;
        }

        /** Sets how events of {@code type} are written; others are written as their own type does, if it is portable. */
        public <E> Builder codec(EventType<E> type, LetterCodec<E> codec) {
            codecs.put(requireNonNull(type, "type"), requireNonNull(codec, "codec"));
            return this;
        }

        /** Returns the store, which is not open yet. */
        public ChronicleDeadLetters build() {
            return new ChronicleDeadLetters(this);
        }
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public void open() throws IOException {
        var opened = new QueueFiles(directory, keeping.fileBytesMax(), durability == Durability.FSYNC);
        opened.open();
        try {
            var account = new KeptFiles(opened, keeping, marks::forget);
            walk(opened, account);
            var store = new LetterWriter.Store(opened, account, keeping, marks, epochNs);
            String name = "dead_letters/" + Objects.toString(directory.getFileName(), "");
            var thread = new LetterWriter(name, store, bufferBytes, run, number);
            files = opened;
            kept = account;
            writer = thread;
            thread.start();
            retries.open();
        } catch (Throwable failure) {
            opened.close();
            throw failure;
        }
    }

    /** Sees which letters there are. */
    private void walk(QueueFiles opened, KeptFiles account) throws IOException {
        LongHashSet wanted = new LongHashSet();
        for (long one : outstanding) {
            wanted.add(one);
        }
        long from = number;
        for (CycleFile file : opened.files()) {
            try (var cursor = new CycleCursor(file)) {
                Found found = cursor.next();
                while (found == Found.EXCERPT || (found == Found.DAMAGE && isMoreBehind(cursor))) {
                    if (found == Found.EXCERPT) {
                        see(cursor, account, from, wanted);
                    }
                    found = cursor.next();
                }
            }
        }
    }

    private static boolean isMoreBehind(CycleCursor cursor) throws IOException {
        LOGGER.log(
                System.Logger.Level.WARNING,
                "A file of dead letters is damaged; what is whole behind the damage is kept. file="
                        + cursor.file().path() + " position=" + cursor.position() + " found=" + cursor.damage());
        return cursor.findBehind();
    }

    private void see(CycleCursor cursor, KeptFiles account, long from, LongHashSet wanted) {
        Letter.at(cursor).ifPresent(letter -> {
            account.add(cursor.file().cycle(), letter.timeNs());
            if (letter.run() == run) {
                long its = letter.number();
                number = Math.max(number, its);
                if (letter.positionLasts() && (its > from || wanted.contains(its))) {
                    known.add(letter);
                }
            }
            letter.parent().ifPresent(parent -> children.add(parent, letter));
        });
        LetterFormat.markAt(cursor).ifPresent(mark -> {
            marks.add(mark);
            children.remove(mark.letter());
        });
    }

    private LetterWriter writer() {
        LetterWriter open = writer;
        if (open == null) {
            throw new IllegalStateException("deadLetters: " + directory + " is not open (expected: open)");
        }
        return open;
    }

    @Override
    public boolean add(FailedEvent<?> failed) {
        return addTyped(failed);
    }

    private <E> boolean addTyped(FailedEvent<E> failed) {
        LetterWriter to = writer();
        LetterCodec<E> codec = codecs.of(failed.type());
        if (SOURCE.equals(failed.source())) {
            Flight before = retries.flight(failed.position());
            if (before != null && isKnown(failed, before)) {
                return true;
            }
            boolean isTaken = to.add(failed, codec, before);
            if (isTaken && before != null) {
                before.failedAgain();
            }
            return isTaken;
        }
        return isKnown(failed) || to.add(failed, codec, null);
    }

    private boolean isKnown(FailedEvent<?> failed) {
        if (!failed.positionLasts()) {
            return false;
        }
        synchronized (knownLock) {
            return known.take(failed.stage(), failed.source(), failed.position());
        }
    }

    private boolean isKnown(FailedEvent<?> failed, Flight before) {
        synchronized (knownLock) {
            long child = children.find(before, failed.stage());
            if (child == LetterFormat.NONE) {
                return false;
            }
            before.failedAsBefore(child);
            return true;
        }
    }

    /** How many letters are in the files; those that are on the way there are not counted yet. */
    @Override
    public long count() {
        KeptFiles account = kept;
        return account == null ? 0 : account.count();
    }

    /** How many letters were dropped for younger ones, since the store was opened. */
    public long dropped() {
        KeptFiles account = kept;
        return account == null ? 0 : account.dropped();
    }

    @Override
    public void flush() throws IOException {
        writer().flush();
    }

    @Override
    public LetterRetries retries() {
        return retries;
    }

    /**
     * Purges the open letters that {@code which} chooses, and deletes the files in which no letter is open then, with what is left of those that were dealt with before. Blocks
     * until that is done.
     */
    public Purged purge(Predicate<? super FoundLetter> which) throws IOException {
        requireNonNull(which, "which");
        LetterWriter to = writer();
        QueueFiles used = requireNonNull(files);
        to.flush();
        List<CycleFile> standing = to.perform(() -> {
            used.roll();
            return used.files();
        });
        try (LetterReader reader = LetterReader.open(directory)) {
            return new Purge(used, requireNonNull(kept), to).run(reader, standing, which, epochNs.getAsLong());
        }
    }

    /**
     * Writes a letter like {@code id} with the event {@code event}, as the letter's codec would have written it, in its place. Blocks until that is done.
     *
     * @param payloadAt where in the event its raw input begins
     * @param payloadLength how many bytes that has
     * @return the new letter's number; empty if there is no letter {@code id}, or it is not open
     */
    public OptionalLong edit(long id, byte[] event, int payloadAt, int payloadLength) throws IOException {
        Objects.checkFromIndexSize(payloadAt, payloadLength, event.length);
        LetterWriter to = writer();
        to.flush();
        try (var finder = new LetterFinder(directory)) {
            Optional<Letter> letter = finder.find(id);
            if (letter.isEmpty() || marks.state(id) != LetterState.OPEN) {
                return OptionalLong.empty();
            }
            long timeNs = epochNs.getAsLong();
            long child = to.perform(() -> to.append(letter.get().edited(event, payloadAt, payloadLength, timeNs)));
            to.mark(List.of(new Mark(id, LetterState.EDITED, child, timeNs)));
            to.flush();
            return OptionalLong.of(child);
        }
    }

    /** Notes how many letters of this run there are: those that come behind a barrier may have to be known again. */
    @Override
    public void save(DataOutput out) throws IOException {
        LetterWriter open = writer;
        out.writeInt(STATE_FORMAT);
        out.writeLong(run);
        out.writeLong(open == null ? number : open.number());
        synchronized (knownLock) {
            out.writeInt(known.count());
            for (long one : known.numbers()) {
                out.writeLong(one);
            }
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != STATE_FORMAT) {
            throw new IOException("deadLetters: state of format " + format + " (expected: " + STATE_FORMAT + ')');
        }
        run = in.readLong();
        number = in.readLong();
        outstanding = new long[in.readInt()];
        for (int i = 0; i < outstanding.length; i++) {
            outstanding[i] = in.readLong();
        }
    }

    @Override
    public void close() throws IOException {
        LetterWriter open = writer;
        QueueFiles used = files;
        writer = null;
        if (open == null || used == null) {
            return;
        }
        try {
            retries.close();
            open.close();
        } finally {
            used.close();
            beginRun();
        }
    }

    /** Whoever opens the store next is another run, unless it loads what this one has saved. */
    private void beginRun() {
        run = new SecureRandom().nextLong();
        number = 0;
        outstanding = new long[0];
        synchronized (knownLock) {
            known.clear();
            children.clear();
        }
    }

    @Override
    public String toString() {
        return "ChronicleDeadLetters{directory=" + directory + '}';
    }
}
