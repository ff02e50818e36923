package io.ringmain.journal;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.journal.internal.queue.QueueFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Marks letters that nobody needs, and deletes files in which none is open.
 *
 * <p>A file is begun first, so that all others stand still. What a file that goes says of letters in files that stay is written again before.
 *
 * <p>Thread: whoever purges; what touches the files runs on the writer's.
 */
final class Purge {

    private static final int MARKS_AT_ONCE = 10_000;

    private final QueueFiles files;
    private final KeptFiles kept;
    private final LetterWriter writer;

    Purge(QueueFiles files, KeptFiles kept, LetterWriter writer) {
        this.files = files;
        this.kept = kept;
        this.writer = writer;
    }

    Purged run(LetterReader reader, List<CycleFile> standing, Predicate<? super FoundLetter> which, long timeNs)
            throws IOException {
        Set<Integer> going = new HashSet<>();
        standing.forEach(file -> going.add(file.cycle()));
        long marked = mark(reader, going, which, timeNs);
        writer.flush();
        carryMarks(standing, going);
        writer.flush();
        return writer.perform(() -> delete(standing, going, marked));
    }

    /** Marks the letters that {@code which} chooses, and takes the files out of {@code going} in which others are open. */
    private long mark(LetterReader reader, Set<Integer> going, Predicate<? super FoundLetter> which, long timeNs)
            throws IOException {
        List<Mark> marks = new ArrayList<>();
        long[] marked = new long[1];
        reader.read(found -> {
            if (found.state() == LetterState.OPEN) {
                long id = found.letter().id();
                if (which.test(found)) {
                    marks.add(new Mark(id, LetterState.PURGED, LetterFormat.NONE, timeNs));
                    marked[0]++;
                } else {
                    going.remove(CycleFile.cycleOf(id));
                }
            }
            if (marks.size() == MARKS_AT_ONCE) {
                writer.mark(List.copyOf(marks));
                marks.clear();
            }
            return true;
        });
        writer.mark(marks);
        return marked[0];
    }

    private void carryMarks(List<CycleFile> standing, Set<Integer> going) throws IOException {
        for (CycleFile file : standing) {
            if (going.contains(file.cycle())) {
                List<Mark> carried = new ArrayList<>();
                try (var cursor = new CycleCursor(file)) {
                    while (cursor.nextWhole()) {
                        LetterFormat.markAt(cursor)
                                .filter(mark -> stays(mark, standing, going))
                                .ifPresent(carried::add);
                    }
                }
                writer.mark(carried);
            }
        }
    }

    private static boolean stays(Mark mark, List<CycleFile> standing, Set<Integer> going) {
        int cycle = CycleFile.cycleOf(mark.letter());
        return !going.contains(cycle) && standing.stream().anyMatch(file -> file.cycle() == cycle);
    }

    private Purged delete(List<CycleFile> standing, Set<Integer> going, long marked) throws IOException {
        long deleted = 0;
        int count = 0;
        for (CycleFile file : standing) {
            if (going.contains(file.cycle()) && !files.isCurrent(file)) {
                deleted += kept.delete(file);
                count++;
            }
        }
        return new Purged(marked, deleted, count);
    }
}
