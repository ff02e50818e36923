package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.cli.Screen.Traits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND_NS = 1_000_000_000;
    private static final Traits TERMINAL = new Traits(true, true, true, StandardCharsets.UTF_8, 80);
    private static final Reading MANY = new Reading(12_345_678, -1, -1, -1, 0.5, 0, 77, true, "events");
    private static final Reading FEW = new Reading(5, -1, -1, -1, 0, 0, 0, true, "events");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void aTerminalHasOneLineThatIsWrittenOver() {
        Progress progress = progress(TERMINAL, false);

        progress.show(MANY, SECOND_NS / 5);
        progress.show(FEW, 2 * SECOND_NS / 5);

        String[] shown = text().split("\r", -1);
        assertThat(shown).hasSize(3);
        assertThat(shown[1])
                .isEqualTo("      12.3M events  61.7M/s  ring  50 %  errors 0.0 %  in = out + 77 ✓ balance");
        // Blanks wipe what was longer.
        assertThat(shown[2]).hasSameSizeAs(shown[1]).endsWith("in = out + 0 ✓ balance ");
        assertThat(text()).doesNotContain("\n").doesNotContain("\u001b");
    }

    @Test
    void whereResultsComeToTheSameTerminalNoLineIsWrittenOver() {
        Screen screen = new Screen(
                new PrintStream(written, true, StandardCharsets.UTF_8),
                new PrintStream(written, true, StandardCharsets.UTF_8),
                TERMINAL);
        Progress progress = new Progress(screen, false, true);

        progress.show(FEW, SECOND_NS);
        progress.stop();

        assertThat(text()).doesNotContain("\r").endsWith("\n");
    }

    @Test
    void noteAndStopWipeTheLine() {
        Progress progress = progress(TERMINAL, false);

        progress.show(FEW, SECOND_NS);
        progress.note("SIGTERM: draining");
        progress.show(FEW, 2 * SECOND_NS);
        progress.stop();
        progress.show(FEW, 3 * SECOND_NS);

        String blank = "\r" + " ".repeat(text().indexOf("balance") + "balance".length() - 1) + "\r";
        assertThat(text()).contains(blank + "SIGTERM: draining\n").endsWith(blank);
    }

    @Test
    void theLineNeverReachesTheEdgeOfTheScreen() {
        for (int columns = 40; columns <= 130; columns += 10) {
            written.reset();
            progress(new Traits(true, true, true, StandardCharsets.UTF_8, columns), false)
                    .show(MANY.withBytes(1_000, 2_000), SECOND_NS);

            assertThat(text().length() - 1).as("at " + columns).isLessThan(columns);
        }
    }

    @Test
    void aPipeHasALineAfterOneSecondAndThenEveryThree() {
        Progress progress = progress(Traits.PIPE, false);

        for (int look = 1; look <= 50; look++) {
            progress.show(new Reading(look, -1, -1, -1, 0, 0, 0, true, "events"), look * SECOND_NS / 5);
        }
        progress.stop();

        assertThat(text().lines().map(line -> line.strip().replaceFirst(" .*", "")))
                .containsExactly("5", "20", "35", "50");
        assertThat(text()).matches("[ -~\\n]+");
    }

    @Test
    void whoIsQuietSaysNothing() {
        for (Traits traits : new Traits[] {TERMINAL, Traits.PIPE}) {
            Progress progress = progress(traits, true);

            progress.note("ringmain demo");
            progress.show(MANY, 10 * SECOND_NS);
            progress.stop();
        }

        assertThat(text()).isEmpty();
    }

    @Test
    void aQuietRunIsStillLookedAtAndItsTimeRunsOut() throws InterruptedException {
        Progress progress = progress(Traits.PIPE, true);
        CountDownLatch looks = new CountDownLatch(2);
        CountDownLatch up = new CountDownLatch(1);

        progress.start(
                () -> {
                    looks.countDown();
                    return FEW;
                },
                Duration.ofMillis(1),
                up::countDown);

        assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(looks.await(30, TimeUnit.SECONDS)).isTrue();
        progress.stop();
    }

    private Progress progress(Traits traits, boolean quiet) {
        PrintStream err = new PrintStream(written, true, traits.charset());
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, traits.charset());
        return new Progress(new Screen(out, err, traits), quiet);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
