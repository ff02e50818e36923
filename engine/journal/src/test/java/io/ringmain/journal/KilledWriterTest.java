package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.kit.Cell;
import io.ringmain.spi.LetterCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes letters has lost none of which it was told that they are written. */
class KilledWriterTest {

    private static final int LIVES = 3;

    @TempDir
    private Path directory;

    /** Writes letters until it is killed, and says after each flush how many are safe. */
    static final class Writing {

        private Writing() {}

        @SuppressWarnings("InfiniteLoopStatement")
        public static void main(String[] args) throws IOException {
            ChronicleDeadLetters letters = ChronicleDeadLetters.builder(Path.of(args[0]))
                    .keeping(Keeping.full(64 << 20))
                    .build();
            letters.open();
            long from = letters.count();
            Failed failed = Failed.at(from);
            for (long i = from; ; i++) {
                failed.position = i;
                failed.event.value = i;
                failed.event.note = "x".repeat((int) (i % 200));
                while (!letters.add(failed)) {
                    Thread.onSpinWait();
                }
                if (i % 100 == 99) {
                    letters.flush();
                    System.out.println(i + 1); // tidy: the parent reads it.
                }
            }
        }
    }

    @Test
    @Timeout(120)
    void whatWasFlushedIsThereAfterAKill() throws Exception {
        long seed = new Random().nextLong();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed=" + seed);
        var random = new Random(seed);
        long safe = 0;
        for (int life = 0; life < LIVES; life++) {
            long killAt = safe + 100 + random.nextInt(5_000);
            safe = Math.max(safe, new ChildJvm(Writing.class, directory).runUntilKilledAt(killAt));

            List<Letter> letters = Letters.in(directory);
            assertThat(letters.size()).as("seed=%d life=%d", seed, life).isGreaterThanOrEqualTo((int) safe);
            Cell cell = Cell.TYPE.create();
            for (int i = 0; i < letters.size(); i++) {
                assertThat(letters.get(i).position()).isEqualTo(i);
                letters.get(i).read(cell, LetterCodec.of(Failed.TYPE));
                assertThat(cell.value).isEqualTo(i);
            }
            safe = letters.size();
        }
    }
}
