package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @ParameterizedTest
    @CsvSource({
        "demo --lines 0,ringmain demo: --lines: 0 (expected: >= 1)",
        "demo --lines -5,ringmain demo: --lines: -5 (expected: >= 1)",
        "demo --lines many,'many (expected: a whole number)'",
        "demo --seconds 0,ringmain demo: --seconds: 0 (expected: >= 1)",
        "demo --drain soon,'soon (expected: a duration such as 500ms, 10s or 1m)'",
        "demo --drain -1s,'-1s (expected: a duration such as 500ms, 10s or 1m)'",
        "demo --colour,--colour",
        "demo extra,extra",
        "stat 0,ringmain stat: PID: 0 (expected: >= 1)",
        "stat one,'one (expected: a whole number)'",
        "stat --format xml,'xml (expected: text or json)'",
        "dance,dance"
    })
    void wrongUsageExitsWithTwoAndSaysWhatIsWrong(String command, String message) {
        Outcome outcome = Outcome.of(command.split(" "));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(message).contains(" --help'.");
    }

    @Test
    void noCommandIsWrongUsage() {
        Outcome outcome = Outcome.of();

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("ringmain: no command (expected: run, query, check,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "demo --help", "stat --help", "version --help", "-h"})
    void helpGoesToStandardOutput(String command) {
        Outcome outcome = Outcome.of(command.split(" "));

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("Usage: ringmain");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void theHelpOfTheDemoNamesEachOption() {
        assertThat(Outcome.of("demo", "--help").out()).contains("--lines", "--seconds", "--seed", "--drain", "42");
    }

    @Test
    void theVersionNamesRingmainAndJava() {
        Outcome outcome = Outcome.of("version");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).startsWith("ringmain ").contains("Java " + Runtime.version());
        assertThat(Outcome.of("--version")).isEqualTo(outcome);
    }

    @Test
    void theSummaryOfAVerbIsASentence() {
        String commands = Outcome.of("--help").out();

        assertThat(commands.lines().filter(line -> line.endsWith(":"))).containsExactly("Commands:");
    }

    @Test
    void anUnknownVerbListsThoseThereAre() {
        assertThat(Outcome.of("bogus").err()).contains(Verbs.NAMES);
    }
}
