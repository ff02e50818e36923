package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that was killed has left all in its journal that anybody was given, and runs that follow it are whole. */
class KilledJournalTest {

    private static final PortableCell TYPE = new PortableCell();
    private static final int LIVES = 3;
    private static final String NOTE = "x".repeat(200);

    @TempDir
    private Path folder;

    /** Runs a pipeline until it is killed; its results go to a file, and it says after each flush of the journal how many blocks are safe. */
    static final class Running {

        private Running() {}

        public static void main(String[] args) throws IOException {
            try (OutputStream results = Files.newOutputStream(Path.of(args[1]))) {
                Journal journal = new Telling(ChronicleJournal.in(Path.of(args[0])));
                begin(Long.MAX_VALUE)
                        .sink("results", new Lines(results))
                        .journal(journal)
                        .checkpoints(Checkpointing.acknowledging(Duration.ofMillis(2)))
                        .build()
                        .start()
                        .await();
            }
        }
    }

    /** Says after each flush how many blocks the journal has confirmed. */
    private static final class Telling implements Journal {

        private final Journal journal;
        private long blocks;

        Telling(Journal journal) {
            this.journal = journal;
        }

        @Override
        public void open(JournalHead head) throws Exception {
            journal.open(head);
        }

        @Override
        public boolean append(byte[] block, int length) throws Exception {
            boolean isTaken = journal.append(block, length);
            blocks += isTaken ? 1 : 0;
            return isTaken;
        }

        @Override
        public void flush() throws Exception {
            journal.flush();
            System.out.println(blocks); // tidy: the parent reads it.
        }

        @Override
        public void close(JournalFoot foot) throws Exception {
            journal.close(foot);
        }
    }

    /** Writes each event as a line. */
    private record Lines(OutputStream out) implements Sink<Cell> {

        @Override
        public void write(Batch<Cell> batch) throws IOException {
            for (int i = 0; i < batch.size(); i++) {
                out.write((batch.event(i) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static PipelineBuilder<Cell, Cell> begin(long count) {
        return stages(Pipeline.of("killed", TYPE)
                .source(
                        "numbers",
                        new ScriptedSource<Cell>((cell, n) -> {
                                    cell.value = n;
                                    cell.note = NOTE.substring((int) (n % NOTE.length()));
                                })
                                .give(count)));
    }

    private static PipelineBuilder<Cell, Cell> stages(PipelineBuilder<Cell, Cell> builder) {
        return builder.stage("odd", cell -> cell.value % 2 == 1).whenFailed(WhenFailed.stop());
    }

    /** What the first {@code count} events give. */
    private static byte[] expected(long count) {
        var lines = new StringBuilder();
        for (long n = 1; n < count; n += 2) {
            lines.append(n)
                    .append(':')
                    .append(NOTE, (int) (n % NOTE.length()), NOTE.length())
                    .append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replay(Path directory, JournalRun run) throws IOException {
        var results = new ByteArrayOutputStream();
        assertThat(stages(Pipeline.of("killed", TYPE))
                        .sink("results", new Lines(results))
                        .replaying(ChronicleJournalReader.open(directory, run), Replaying.ALL)
                        .build()
                        .start()
                        .await()
                        .succeeded())
                .isTrue();
        return results.toByteArray();
    }

    @Test
    @Timeout(120)
    void aKilledRunIsThereAsFarAsItHadCome() throws Exception {
        long seed = new Random().nextLong();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed=" + seed);
        var random = new Random(seed);
        Path directory = folder.resolve("journal");
        for (int life = 0; life < LIVES; life++) {
            Path results = folder.resolve("results" + life);
            long safeBlocks = new ChildJvm(Running.class, directory, results).runUntilKilledAt(1 + random.nextInt(200));
            assertThat(safeBlocks).as("seed=%d", seed).isPositive();

            List<JournalRun> runs = JournalRun.in(directory);
            assertThat(runs).as("seed=%d", seed).hasSize(life + 1);
            JournalRun run = runs.get(life);
            assertThat(run.damage()).as("seed=%d life=%d", seed, life).isEmpty();
            assertThat(run.foot()).as("it has not ended").isEmpty();
            assertThat(run.isWhole()).isFalse();
            assertThat(run.size().blocks())
                    .as("what was flushed, seed=%d life=%d", seed, life)
                    .isGreaterThanOrEqualTo(safeBlocks);
            byte[] given = Files.readAllBytes(results);
            byte[] again = replay(directory, run);
            assertThat(again).isEqualTo(expected(run.size().events()));
            assertThat(given).as("what the sink was given").isEqualTo(Arrays.copyOf(again, given.length));
        }

        begin(1000)
                .sink("results", Sink.each(cell -> {}))
                .journal(ChronicleJournal.in(directory))
                .build()
                .start()
                .await();

        List<JournalRun> runs = JournalRun.in(directory);
        assertThat(runs).extracting(JournalRun::isWhole).containsExactly(false, false, false, true);
        assertThat(runs).allSatisfy(run -> assertThat(run.damage()).isEmpty());
        assertThat(replay(directory, runs.get(LIVES))).isEqualTo(expected(1000));
    }
}
