package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a disk that is full letters and runs are held back, and written when there is room: all of it, once, in order. The disk is a file system in memory that only
 * the child sees.
 */
class FullDiskTest {

    private static final int EVENTS = 2_000;
    private static final String NOTE = "x".repeat(1000);

    @TempDir
    private Path folder;

    /** Adds letters, as many as each line of its input says, and answers what has come of a flush and how many were taken. */
    static final class Obeying {

        private Obeying() {}

        public static void main(String[] args) throws IOException {
            ChronicleDeadLetters letters = ChronicleDeadLetters.builder(Path.of(args[0]))
                    .bufferBytes(64 << 10)
                    .build();
            letters.open();
            Failed failed = Failed.at(0);
            failed.event.note = NOTE;
            var in = new Scanner(System.in, StandardCharsets.UTF_8);
            long taken = 0;
            while (in.hasNextInt()) {
                int wanted = in.nextInt();
                long until = taken + wanted;
                // A full disk is known by a flush that fails; a full buffer may only be waiting for its turn.
                String answer = "ok";
                while (taken < until && answer.equals("ok")) {
                    failed.position = taken;
                    if (letters.add(failed)) {
                        taken++;
                    } else {
                        answer = flushed(letters);
                    }
                }
                if (answer.equals("ok")) {
                    answer = flushed(letters);
                }
                System.out.println(answer + " " + taken); // tidy: the parent reads it.
            }
            letters.close();
            System.out.println("closed"); // tidy: the parent reads it.
        }

        private static String flushed(ChronicleDeadLetters letters) {
            try {
                letters.flush();
                return "ok";
            } catch (IOException held) {
                return "held";
            }
        }
    }

    @Test
    @Timeout(60)
    void lettersAreHeldBackUntilThereIsRoom() throws Exception {
        Process process = onASmallDisk(Obeying.class);
        try (var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Writer to =
                        new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8))) {
            if (!isMounted(said)) {
                return;
            }
            assertThat(ask(to, said, "100")).isEqualTo("ok 100");
            String held = ask(to, said, "5000");
            assertThat(held).startsWith("held ");
            assertThat(ask(to, said, "0")).startsWith("held ");

            makeRoom(process);
            String again = ask(to, said, "0");
            while (again.startsWith("held")) {
                again = ask(to, said, "0");
            }
            assertThat(again).isEqualTo("ok " + held.substring(5));
            assertThat(ask(to, said, "200")).startsWith("ok ");
            assertThat(ask(to, said, "end")).isEqualTo("closed");
            assertThat(process.waitFor()).isZero();

            int taken = Integer.parseInt(held.substring(5)) + 200;
            assertThat(taken).isGreaterThan(700);
            assertThat(Letters.in(copy()))
                    .extracting(letter -> (int) letter.position())
                    .isEqualTo(IntStream.range(0, taken).boxed().toList());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts {@code main} with a directory in a file system of 3 MiB, half of it taken; what is there at the end is copied. */
    private Process onASmallDisk(Class<?> main) throws IOException {
        Path place = Files.createDirectory(folder.resolve("disk"));
        String script = """
                mount -t tmpfs -o size=3m tmpfs "$0" 2>/dev/null && echo mounted || exit 1
                head -c 1500000 /dev/zero > "$0/ballast"
                "$@" && cp -r "$0/kept" "$0.copy"
                """;
        return new ChildJvm(main, place.resolve("kept"))
                .behind(List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script, place.toString()))
                .start();
    }

    private static boolean isMounted(BufferedReader said) throws IOException {
        boolean isMounted = "mounted".equals(said.readLine());
        if (!isMounted) {
            System.getLogger("test").log(System.Logger.Level.WARNING, "No mount on this system: left out.");
        }
        return isMounted;
    }

    private void makeRoom(Process process) throws IOException {
        Files.delete(Path.of("/proc", Long.toString(process.pid()), "root")
                .resolve(folder.resolve("disk").toString().substring(1))
                .resolve("ballast"));
    }

    private Path copy() {
        return folder.resolve("disk.copy");
    }

    private static String ask(Writer to, BufferedReader said, String what) throws IOException {
        to.write(what + "\n");
        to.flush();
        String line = said.readLine();
        while (line != null && !line.matches("(ok|held) \\d+|closed")) {
            line = said.readLine();
        }
        return String.valueOf(line);
    }

    /** Runs a pipeline with a journal; says when that has been refused for a while, what was logged, and how many events were there then and at the end. */
    static final class Running {

        private static final Logger LOGGER = Logger.getLogger("io.ringmain");

        private Running() {}

        public static void main(String[] args) {
            LOGGER.addHandler(new Handler() {
                @Override
                public void publish(LogRecord record) {
                    say("logged " + record.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            });
            var given = new AtomicLong();
            Report report = Pipeline.of("kept", Failed.TYPE)
                    .source("numbers", new ScriptedSource<Cell>(Running::fill).give(EVENTS))
                    .sink("sink", new DigestSink<>(Failed.TYPE, Sink.each(cell -> given.incrementAndGet())))
                    .whenFailed(WhenFailed.stop())
                    .journal(new Refused(ChronicleJournal.in(Path.of(args[0])), () -> say("held " + given)))
                    .build()
                    .start()
                    .await();
            say((report.succeeded() ? "ended " : "failed ") + given);
        }

        private static void fill(Cell cell, long number) {
            cell.value = number;
            cell.note = NOTE;
        }

        private static void say(String what) {
            System.out.println(what); // tidy: the parent reads it.
        }
    }

    /** A journal that tells when it has had no room several times in a row. */
    private static final class Refused implements Journal {

        private final Journal journal;
        private final Runnable told;
        private int refusals;

        Refused(Journal journal, Runnable told) {
            this.journal = journal;
            this.told = told;
        }

        @Override
        public void open(JournalHead head) throws Exception {
            journal.open(head);
        }

        @Override
        public boolean append(byte[] block, int length) throws Exception {
            boolean isTaken = journal.append(block, length);
            refusals = isTaken ? 0 : refusals + 1;
            if (refusals == 10) {
                told.run();
            }
            return isTaken;
        }

        @Override
        public void flush() throws Exception {
            journal.flush();
        }

        @Override
        public void close(JournalFoot foot) throws Exception {
            journal.close(foot);
        }
    }

    @Test
    @Timeout(60)
    void aRunIsHeldBackUntilThereIsRoomAndIsWholeInTheEnd() throws Exception {
        Process process = onASmallDisk(Running.class);
        List<String> all = new ArrayList<>();
        try (var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            if (!isMounted(said)) {
                return;
            }
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                all.add(line);
                if (line.startsWith("held ")) {
                    assertThat(Integer.parseInt(line.substring(5))).isBetween(500, EVENTS - 200);
                    makeRoom(process);
                }
            }
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }

        assertThat(all).hasSize(5).last().isEqualTo("ended " + EVENTS);
        assertThat(all.get(0)).startsWith("logged The disk of the journal is full; it is tried again");
        assertThat(all.get(1)).startsWith("logged There is no room in the journal; the pipeline is held back");
        assertThat(all.get(2)).startsWith("held ");
        assertThat(all.get(3)).startsWith("logged There is room in the journal again.");
        JournalRun run = JournalRun.in(copy()).get(0);
        assertThat(run.damage()).isEmpty();
        assertThat(run.isWhole()).isTrue();
        assertThat(run.size().events()).isEqualTo(EVENTS);
        var digest = new DigestSink<>(Failed.TYPE);
        Pipeline.of("kept", Failed.TYPE)
                .sink("sink", digest)
                .whenFailed(WhenFailed.stop())
                .replaying(ChronicleJournalReader.open(copy(), run), Replaying.ALL)
                .build()
                .start()
                .await();
        assertThat(digest.digest())
                .isEqualTo(run.foot().orElseThrow().sinks().get(0).digest());
    }
}
