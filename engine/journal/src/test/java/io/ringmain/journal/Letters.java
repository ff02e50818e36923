package io.ringmain.journal;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.journal.internal.queue.CycleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is in the files, read without the store. */
final class Letters {

    private Letters() {}

    static List<Letter> in(Path directory) throws IOException {
        List<Letter> letters = new ArrayList<>();
        for (CycleFile file : CycleFile.list(directory)) {
            try (var cursor = new CycleCursor(file)) {
                while (cursor.nextWhole()) {
                    Letter.at(cursor).ifPresent(letters::add);
                }
            }
        }
        return letters;
    }

    static List<Mark> marksIn(Path directory) throws IOException {
        List<Mark> marks = new ArrayList<>();
        for (CycleFile file : CycleFile.list(directory)) {
            try (var cursor = new CycleCursor(file)) {
                while (cursor.nextWhole()) {
                    LetterFormat.markAt(cursor).ifPresent(marks::add);
                }
            }
        }
        return marks;
    }
}
