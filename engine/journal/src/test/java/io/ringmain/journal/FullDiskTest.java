package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a disk that is full letters are held back, and written when there is room: all of them, once, in order. The disk is a file system in memory that only the
 * child sees.
 */
class FullDiskTest {

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
            failed.event.note = "x".repeat(1000);
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
        Path place = Files.createDirectory(folder.resolve("disk"));
        String script = """
                mount -t tmpfs -o size=3m tmpfs "$0" 2>/dev/null && echo mounted || exit 1
                head -c 1500000 /dev/zero > "$0/ballast"
                "$@" && cp -r "$0/letters" "$0.copy"
                """;
        Process process = new ChildJvm(Obeying.class, place.resolve("letters"))
                .behind(List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script, place.toString()))
                .start();
        try (var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Writer to =
                        new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8))) {
            if (!"mounted".equals(said.readLine())) {
                System.getLogger("test").log(System.Logger.Level.WARNING, "No mount on this system: left out.");
                return;
            }
            assertThat(ask(to, said, "100")).isEqualTo("ok 100");
            String held = ask(to, said, "5000");
            assertThat(held).startsWith("held ");
            assertThat(ask(to, said, "0")).startsWith("held ");

            Files.delete(Path.of("/proc", Long.toString(process.pid()), "root")
                    .resolve(place.toString().substring(1))
                    .resolve("ballast"));
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
            assertThat(Letters.in(Path.of(place + ".copy")))
                    .extracting(letter -> (int) letter.position())
                    .isEqualTo(IntStream.range(0, taken).boxed().toList());
        } finally {
            process.destroyForcibly();
        }
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
}
