package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Durability;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongArrayList;
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

    private final Path directory;
    private final Durability durability;
    private final Keeping keeping;
    private final int bufferBytes;
    private final LongSupplier epochNs;
    private final Codecs codecs;
    private final MarkTable marks = new MarkTable();
    private final LetterRetries retries;

    // From a checkpoint, or none; what has come since stands in the writer.
    private LettersAtBarrier before;

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
        before = nothingBefore();
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
    public boolean keeps(EventType<?> type) {
        return codecs.has(type);
    }

    @Override
    public void open() throws IOException {
        var opened = new QueueFiles(directory, keeping.fileBytesMax(), durability == Durability.FSYNC);
        opened.open();
        try {
            var account = new KeptFiles(opened, keeping, marks::forget);
            var beyond = walk(opened, account);
            var store = new LetterWriter.Store(opened, account, keeping, marks, epochNs);
            String name = "dead_letters/" + Objects.toString(directory.getFileName(), "");
            var thread = new LetterWriter(name, store, bufferBytes, before.run(), beyond.number);
            files = opened;
            kept = account;
            writer = thread;
            thread.start();
            thread.mark(beyond.back);
            retries.open();
        } catch (Throwable failure) {
            opened.close();
            throw failure;
        }
    }

    /** What the files say beyond the checkpoint. */
    private static final class Beyond {
        private long number;
        private final List<Mark> back = new ArrayList<>();
    }

    /** Sees which letters there are. */
    private Beyond walk(QueueFiles opened, KeptFiles account) throws IOException {
        var beyond = new Beyond();
        beyond.number = before.number();
        // With the attempts that they had.
        Long2LongHashMap back = new Long2LongHashMap(0);
        for (CycleFile file : opened.files()) {
            try (var cursor = new CycleCursor(file)) {
                Found next = cursor.next();
                while (next == Found.EXCERPT || (next == Found.DAMAGE && isMoreBehind(cursor))) {
                    if (next == Found.EXCERPT) {
                        see(cursor, account, beyond, back);
                    }
                    next = cursor.next();
                }
            }
        }
        long timeNs = epochNs.getAsLong();
        for (long id : back.keySet()) {
            if (marks.state(id) == LetterState.OPEN) {
                long child = children.youngest(id, back.get(id));
                LetterState state = child == LetterFormat.NONE ? LetterState.RESOLVED : LetterState.RETRIED;
                beyond.back.add(new Mark(id, state, child, timeNs));
                children.remove(id);
            }
        }
        return beyond;
    }

    private static boolean isMoreBehind(CycleCursor cursor) throws IOException {
        LOGGER.log(
                System.Logger.Level.WARNING,
                "A file of dead letters is damaged; what is whole behind the damage is kept. file="
                        + cursor.file().path() + " position=" + cursor.position() + " found=" + cursor.damage());
        return cursor.findBehind();
    }

    private void see(CycleCursor cursor, KeptFiles account, Beyond beyond, Long2LongHashMap back) {
        Letter.at(cursor).ifPresent(letter -> {
            account.add(cursor.file().cycle(), letter.timeNs());
            if (letter.run() == before.run()) {
                beyond.number = Math.max(beyond.number, letter.number());
            }
            if (before.mayComeAgain(letter)) {
                known.add(letter);
            }
            if (before.cameBack(letter)) {
                back.put(letter.id(), letter.attempts());
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
     * Asks for the open letters that {@code which} chooses to be tried again, as {@link LetterRetries#request} does. Before the store is opened they are those
     * of the runs before, and wait for it; once it is closed they are not tried any more. Reads all letters.
     */
    public RetryRequest retry(Predicate<? super FoundLetter> which) throws IOException {
        requireNonNull(which, "which");
        LetterWriter open = writer;
        if (open != null) {
            open.flush();
        }
        try (LetterReader reader = LetterReader.open(directory)) {
            LongArrayList ids = new LongArrayList();
            reader.read(found -> {
                if (found.state() == LetterState.OPEN && which.test(found)) {
                    ids.addLong(found.letter().id());
                }
                return true;
            });
            return retries.request(ids.toLongArray());
        }
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

    /**
     * Writes {@code copy}, which another store had, as a new letter that is open. Blocks until it is as safe as the {@link Durability} says. How much is to be kept
     * is not looked at.
     *
     * @return the new letter's number
     * @throws IOException if it cannot be written, for want of room most likely
     */
    public long bring(LetterCopy copy) throws IOException {
        requireNonNull(copy, "copy");
        LetterWriter to = writer();
        QueueFiles used = requireNonNull(files);
        return to.perform(() -> {
            long id = to.append(LetterFormat.write(copy, before.run()));
            used.sync();
            return id;
        });
    }

    /**
     * Notes how many letters of this run there are, since those behind a barrier may have to be known again; and which came back: with the checkpoint they are done
     * with, whether or not somebody comes to mark them.
     */
    @Override
    public void save(DataOutput out) throws IOException {
        LetterWriter open = writer;
        var now = new LettersAtBarrier(before.run(), open == null ? before.number() : open.number());
        synchronized (knownLock) {
            for (long one : known.numbers()) {
                now.addOutstanding(one);
            }
        }
        retries.eachUnderWay(letter -> now.addBack(letter.id(), letter.run()));
        now.write(out);
    }

    @Override
    public void load(DataInput in) throws IOException {
        before = LettersAtBarrier.read(in);
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
            endRun();
        }
    }

    /** Whoever opens the store next is another run, unless it loads what this one has saved. */
    private void endRun() {
        before = nothingBefore();
        marks.clear();
        synchronized (knownLock) {
            known.clear();
            children.clear();
        }
    }

    private static LettersAtBarrier nothingBefore() {
        return new LettersAtBarrier(new SecureRandom().nextLong(), 0);
    }

    @Override
    public String toString() {
        return "ChronicleDeadLetters{directory=" + directory + '}';
    }
}
