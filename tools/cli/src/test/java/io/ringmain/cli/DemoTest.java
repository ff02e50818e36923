package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.cli.Screen.Traits;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final int LINES = 20_000;

    @Test
    void eachLineIsCountedWhereAPlainProgramCountsIt() {
        long filtered = 0;
        long dead = 0;
        long[] byLevel = new long[Level.values().length];
        for (LogEvent event : lines(7)) {
            String[] words = event.line().split(" ", 2);
            Level level = Level.of(words[0]);
            if (level == null || words.length < 2) {
                dead++;
            } else if (level.isAtLeast(Level.INFO)) {
                byLevel[level.rank()]++;
            } else {
                filtered++;
            }
        }

        Outcome outcome = Outcome.of("demo", "--lines", "" + LINES, "--seed", "7");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains(String.format(
                        Locale.ROOT,
                        "received %,d = delivered 0 + absorbed %,d + filtered %,d + dropped 0 + dead %,d + in flight 0",
                        LINES,
                        LINES - filtered - dead,
                        filtered,
                        dead))
                .contains("adds up")
                .doesNotContain("NOT");
        for (Level level : List.of(Level.INFO, Level.WARN, Level.ERROR, Level.FATAL)) {
            assertThat(outcome.number(level.name())).as(level.name()).isEqualTo(byLevel[level.rank()]);
        }
        assertThat(outcome.out()).doesNotContain("DEBUG").doesNotContain("TRACE");
    }

    @Test
    void theSameSeedGivesTheSameCountsAndAnotherOneOthers() {
        String first = counts(Outcome.of("demo", "--lines", "" + LINES, "--seed", "1"));
        String again = counts(Outcome.of("demo", "--lines", "" + LINES, "--seed", "1"));
        String other = counts(Outcome.of("demo", "--lines", "" + LINES, "--seed", "2"));

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void aDeadLetterIsShownWithItsLineAndTheReason() {
        Outcome outcome = Outcome.of("demo", "--lines", "" + LINES);

        assertThat(outcome.out())
                .containsPattern("Dead letters: \\d+, the first 5")
                .containsPattern("\\d+ +parse +unknown_level: the first word is no level");
        assertThat(outcome.number("Dead letters:")).isEqualTo(outcome.number("\\+ dead"));
    }

    @Test
    void whatIsPrintedFirstSaysWhatRuns() {
        Outcome outcome = Outcome.of("demo", "--lines", "10", "--seed", "3");

        assertThat(outcome.err()).startsWith("ringmain demo: 10 lines, seed 3");
        assertThat(outcome.out()).startsWith("Counts by level");
    }

    @Test
    void aPipeGetsNothingButLinesOfItsCharset() {
        Outcome outcome = Outcome.of("demo", "--lines", "1000");

        assertThat(outcome.out()).matches("[ -~\\n]+");
        assertThat(outcome.err()).matches("[ -~\\n]+");
    }

    @Test
    void everyLineFitsOnATerminalOfEightyColumns() {
        Traits terminal = new Traits(true, true, true, StandardCharsets.UTF_8, 80);

        Outcome outcome = Outcome.of(terminal, "demo", "--lines", "200000");

        assertThat(outcome.out())
                .contains("\u001b[1mCounts by level\u001b[0m")
                .contains("█")
                .contains("µs");
        assertThat(outcome.out().replaceAll("\u001b\\[\\d*m", "").lines())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
    }

    @Test
    void aRunOfSecondsEndsByItself() {
        Outcome outcome = Outcome.of("demo", "--seconds", "1");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).startsWith("ringmain demo: 1 s, seed 42");
        assertThat(outcome.number("received")).isPositive();
    }

    private static String counts(Outcome outcome) {
        return outcome.out().substring(0, outcome.out().indexOf("Stages"));
    }

    private static List<LogEvent> lines(long seed) {
        List<LogEvent> lines = new ArrayList<>();
        new Generator(LINES, seed)
                .fill(
                        position -> {
                            lines.add(new LogEvent());
                            return lines.get(lines.size() - 1);
                        },
                        LINES);
        return lines;
    }
}
