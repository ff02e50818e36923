package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A letter costs its lane no memory, and the thread that writes it next to none. */
class LetterAllocationTest {

    private static final int LETTERS = 20_000;

    /** The least of so many counts: what the JDK takes at some time is not per letter. */
    private static final int TIMES = 20;

    private static final double WRITER_MAX = 0.3;
    private static final long BYTES_MAX = 8L << 30;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path directory;

    private final Failed failed = Failed.at(1);

    @Test
    @Timeout(120)
    void takingALetterAllocatesNothingAndWritingItNextToNothing() throws IOException {
        failed.event.note = "a note of some length, as events have them";
        ChronicleDeadLetters letters = ChronicleDeadLetters.builder(directory)
                .clock(() -> 42)
                // Room for all rounds: without it the last ones would wait for ever.
                .keeping(Keeping.full(BYTES_MAX))
                .build();
        letters.open();
        long writer = writerId();
        add(letters, LETTERS);

        double least = Double.MAX_VALUE;
        double leastOfWriter = Double.MAX_VALUE;
        // On a busy machine it takes longer until the writer's code is compiled, and does without its short-lived
        // objects.
        for (int i = 0; i < TIMES || (i < 5 * TIMES && leastOfWriter >= WRITER_MAX); i++) {
            long start = THREADS.getCurrentThreadAllocatedBytes();
            long writerStart = THREADS.getThreadAllocatedBytes(writer);
            add(letters, LETTERS);
            long once = THREADS.getCurrentThreadAllocatedBytes();
            add(letters, 2 * LETTERS);
            long twice = THREADS.getCurrentThreadAllocatedBytes();
            letters.flush();
            // N and 2 N letters: whatever the measuring itself allocates cancels out.
            least = Math.min(least, Math.abs(twice - once - (once - start)) / (double) LETTERS);
            leastOfWriter =
                    Math.min(leastOfWriter, (THREADS.getThreadAllocatedBytes(writer) - writerStart) / (3.0 * LETTERS));
        }
        letters.close();

        System.getLogger("test").log(System.Logger.Level.INFO, "writer: " + leastOfWriter + " bytes per letter");
        assertThat(least).isLessThan(0.01);
        assertThat(leastOfWriter).isLessThan(WRITER_MAX);
    }

    private void add(ChronicleDeadLetters letters, int count) {
        for (int i = 0; i < count; i++) {
            failed.position++;
            while (!letters.add(failed)) {
                Thread.onSpinWait();
            }
        }
    }

    private static long writerId() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread.getThreadName().startsWith("dead_letters/"))
                .findAny()
                .orElseThrow()
                .getThreadId();
    }
}
