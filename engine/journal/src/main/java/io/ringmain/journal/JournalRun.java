package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run in a journal.
 *
 * @param id the run's number, as {@link LetterId} shows it; later runs have larger ones
 * @param head what was known when it began
 * @param begun when that was
 * @param plan the digest of what the pipeline was made of; empty if the journal was not told
 * @param names the names that events have as numbers only
 * @param size how much there is
 * @param foot what was known when it had ended; empty if it has not, or was killed
 * @param damage what cannot be read, one sentence each
 */
public record JournalRun(
        long id,
        JournalHead head,
        Instant begun,
        String plan,
        List<String> names,
        Size size,
        Optional<JournalFoot> foot,
        List<String> damage) {

    /**
     * How much a run has.
     *
     * @param blocks how many blocks
     * @param slots how many slots, control events too
     * @param events how many events
     * @param bytes how many bytes the blocks have
     * @param lasted from the begin until the last slot entered
     */
    public record Size(long blocks, long slots, long events, long bytes, Duration lasted) {}

    /** Copies the lists. */
    public JournalRun {
        requireNonNull(head, "head");
        requireNonNull(begun, "begun");
        requireNonNull(plan, "plan");
        names = List.copyOf(names);
        requireNonNull(size, "size");
        requireNonNull(foot, "foot");
        damage = List.copyOf(damage);
    }

    /**
     * Reads through all runs in {@code directory}, oldest first, to the last byte: so it also verifies them. Another process may be writing there. Slow: all of it is read.
     *
     * @throws IOException if the directory cannot be read; damage is no error, but said of its run
     */
    public static List<JournalRun> in(Path directory) throws IOException {
        List<Gathered> runs = new ArrayList<>();
        try (var walk = new ExcerptWalk(directory, 0)) {
            Gathered run = null;
            int damaged = 0;
            CycleCursor cursor = walk.next();
            while (cursor != null) {
                if (run != null) {
                    run.damage.addAll(
                            walk.damage().subList(damaged, walk.damage().size()));
                }
                damaged = walk.damage().size();
                if (cursor.kind() == RunFormat.HEAD) {
                    run = new Gathered(cursor.id(), RunFormat.readHead(cursor));
                    runs.add(run);
                } else if (run != null && cursor.kind() == RunFormat.BLOCK) {
                    run.add(cursor);
                } else if (run != null && cursor.kind() == RunFormat.FOOT) {
                    run.foot = RunFormat.readFoot(cursor);
                }
                cursor = walk.next();
            }
            if (run != null) {
                run.damage.addAll(walk.damage().subList(damaged, walk.damage().size()));
            }
        }
        return runs.stream().map(Gathered::run).toList();
    }

    /** Whether all that the run was given is there: it can be replayed to its end. */
    public boolean isWhole() {
        return damage.isEmpty()
                && foot.isPresent()
                && foot.get().complete()
                && foot.get().slots() == size.slots;
    }

    /** What is known of a run so far. */
    private static final class Gathered {

        private final long id;
        private final RunFormat.Head head;
        private final JournalBlock block = new JournalBlock();
        private final List<String> damage = new ArrayList<>();
        private long blocks;
        private long slots;
        private long events;
        private long bytes;
        private long nextSequence;
        private long lastNs;
        private @Nullable JournalFoot foot;

        Gathered(long id, RunFormat.Head head) {
            this.id = id;
            this.head = head;
            lastNs = head.head().clockNs();
        }

        void add(CycleCursor cursor) {
            String where = cursor.file().path() + " at " + cursor.position() + ": ";
            blocks++;
            bytes += cursor.length();
            try {
                System.arraycopy(cursor.bytes(), cursor.offset(), block.room(cursor.length()), 0, cursor.length());
                block.begin(cursor.length());
                if (block.nextSequence() != nextSequence) {
                    damage.add(where + "slots from " + nextSequence + " to " + (block.nextSequence() - 1)
                            + " are missing");
                }
                while (block.next()) {
                    slots += block.kind() == JournalBlock.NAME ? 0 : 1;
                    events += block.kind() == JournalBlock.DATA ? 1 : 0;
                }
                lastNs = block.ingressNs();
            } catch (IOException failure) {
                damage.add(where + failure.getMessage());
            }
            nextSequence = block.nextSequence();
        }

        JournalRun run() {
            Duration lasted = Duration.ofNanos(lastNs - head.head().clockNs());
            return new JournalRun(
                    id,
                    head.head(),
                    Instant.ofEpochSecond(0, head.epochNs()),
                    head.plan(),
                    head.names(),
                    new Size(blocks, slots, events, bytes, lasted),
                    Optional.ofNullable(foot),
                    damage);
        }
    }
}
