package io.ringmain.logs.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a source has to say to people, a sentence each; logged, and the last ones kept. Any thread. */
final class Notices {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain.logs");
    private static final int KEPT = 100;

    private final Object lock = new Object();
    private final Deque<String> kept = new ArrayDeque<>();

    void add(String notice) {
        LOGGER.log(System.Logger.Level.WARNING, notice);
        synchronized (lock) {
            if (kept.size() == KEPT) {
                kept.removeFirst();
            }
            kept.addLast(notice);
        }
    }

    /** The last ones, in order. */
    List<String> last() {
        synchronized (lock) {
            return List.copyOf(kept);
        }
    }
}
