package io.ringmain.journal;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalHead;
import io.ringmain.spi.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one run of a {@link ChronicleJournal}, for a replay. It ends where the run does, or where it has come to so far.
 *
 * <p>Thread: as {@link JournalReader}.
 */
public final class ChronicleJournalReader implements JournalReader {

    private final ExcerptWalk walk;
    private final RunFormat.Head head;
    private final boolean pastDamage;
    private final List<String> damage = new ArrayList<>();
    private boolean ended;

    private ChronicleJournalReader(ExcerptWalk walk, RunFormat.Head head, boolean pastDamage) {
        this.walk = walk;
        this.head = head;
        this.pastDamage = pastDamage;
    }

    /**
     * Opens {@code run}, one of {@link JournalRun#in} of that directory; reading fails where something is damaged or missing.
     *
     * @throws IOException if it is not there
     */
    public static ChronicleJournalReader open(Path directory, JournalRun run) throws IOException {
        return open(directory, run, false);
    }

    /**
     * Opens {@code run} and goes on with what is whole where something is damaged or missing; {@link #damage} says what. What is replayed is then not what the run was.
     *
     * @throws IOException if it is not there
     */
    public static ChronicleJournalReader openPastDamage(Path directory, JournalRun run) throws IOException {
        return open(directory, run, true);
    }

    private static ChronicleJournalReader open(Path directory, JournalRun run, boolean pastDamage) throws IOException {
        var walk = new ExcerptWalk(directory, CycleFile.cycleOf(run.id()));
        boolean opened = false;
        try {
            CycleCursor cursor = walk.next();
            while (cursor != null && cursor.id() != run.id()) {
                cursor = walk.next();
            }
            if (cursor == null || cursor.kind() != RunFormat.HEAD) {
                throw new IOException(
                        directory + ": no run " + LetterId.text(run.id()) + " (expected: one that is there)");
            }
            walk.damage().clear();
            opened = true;
            return new ChronicleJournalReader(walk, RunFormat.readHead(cursor), pastDamage);
        } finally {
            if (!opened) {
                walk.close();
            }
        }
    }

    @Override
    public JournalHead head() {
        return head.head();
    }

    @Override
    public boolean next(JournalBlock block) throws IOException {
        while (!ended) {
            CycleCursor cursor = walk.next();
            noteDamage();
            ended = cursor == null || cursor.kind() != RunFormat.BLOCK;
            if (cursor != null && !ended && begin(block, cursor)) {
                return true;
            }
        }
        return false;
    }

    private void noteDamage() throws IOException {
        for (String found : walk.damage()) {
            note(found);
        }
        walk.damage().clear();
    }

    private void note(String found) throws IOException {
        if (!pastDamage) {
            throw new IOException(found);
        }
        damage.add(found);
    }

    private boolean begin(JournalBlock block, CycleCursor cursor) throws IOException {
        // The caller has read the block before to its end.
        long expected = block.nextSequence();
        System.arraycopy(cursor.bytes(), cursor.offset(), block.room(cursor.length()), 0, cursor.length());
        try {
            block.begin(cursor.length());
        } catch (IOException failure) {
            note(cursor.file().path() + " at " + cursor.position() + ": " + failure.getMessage());
            return false;
        }
        if (block.nextSequence() != expected) {
            note("slots from " + expected + " to " + (block.nextSequence() - 1) + " are missing");
        }
        return true;
    }

    /** What was damaged or missing so far, one sentence each. */
    public List<String> damage() {
        return List.copyOf(damage);
    }

    @Override
    public void close() throws IOException {
        walk.close();
    }
}
