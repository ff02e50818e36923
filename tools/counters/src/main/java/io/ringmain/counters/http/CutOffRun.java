package io.ringmain.counters.http;

import io.ringmain.journal.JournalRun;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalHead;
import io.ringmain.spi.JournalReader;
import java.io.IOException;

/**
 * A run whose power may have been cut: it ends where its last whole block does. What is damaged before that is an error.
 *
 * <p>Thread: as {@link JournalReader}.
 */
final class CutOffRun implements JournalReader {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain.counters.http");

    private final JournalReader run;
    private long blocksLeft;
    private final boolean hasEnd;

    /** Reads {@code run}, which has what {@code known} says. */
    CutOffRun(JournalReader run, JournalRun known) {
        this.run = run;
        blocksLeft = known.size().blocks();
        hasEnd = known.foot().isPresent();
    }

    @Override
    public JournalHead head() {
        return run.head();
    }

    @Override
    public boolean next(JournalBlock block) throws IOException {
        try {
            boolean isThere = run.next(block);
            blocksLeft -= isThere ? 1 : 0;
            return isThere;
        } catch (IOException damaged) {
            if (blocksLeft > 0 || hasEnd) {
                throw damaged;
            }
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "The end of a run of counters is not whole, as after a power cut; what stands before it is done.",
                    damaged);
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        run.close();
    }
}
