package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.Failure;
import io.ringmain.cli.Screen.Traits;
import io.ringmain.cli.stat.Reports;
import io.ringmain.cli.stat.RunCounters;
import io.ringmain.cli.stat.RunDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class StatCommandTest {

    /** More than Linux ever gives. */
    private static final long NOBODY = 99_999_999;

    private static final Failure FAILURE = new Failure("parse", "unknown_level", "no level: \u001b[31m", 3);

    @TempDir
    private Path parent;

    private final long self = ProcessHandle.current().pid();
    // A heartbeat of about now: this process must not seem to be younger than its file.
    private final long startMs = SystemEpochClock.INSTANCE.time();
    private final AtomicLong nowMs = new AtomicLong(startMs);
    private final Deque<Runnable> betweenLooks = new ArrayDeque<>();
    private RunDirectory runs;

    @BeforeEach
    void nameTheDirectory() {
        runs = new RunDirectory(parent.resolve("runs"), nowMs::get);
    }

    @Test
    void withoutARunItSaysSoAndExitsWithOne() {
        Outcome all = stat(Traits.PIPE);
        Outcome one = stat(Traits.PIPE, "123456");

        assertThat(all.code()).isEqualTo(1);
        assertThat(all.out()).isEmpty();
        assertThat(all.err())
                .isEqualTo("ringmain stat: no run (expected: one of yours, with its file in " + runs.path()
                        + "); start one: ringmain demo\n");
        assertThat(one.code()).isEqualTo(1);
        assertThat(one.err()).contains("no run with PID 123456 (expected: one of yours, with its file in ");
    }

    @Test
    void aRunIsShownWithItsCounts() {
        try (RunCounters counters = run()) {
            counters.update(Reports.of(1_000, 2, FAILURE), 5_000);
            nowMs.addAndGet(300);

            Outcome outcome = stat(Traits.PIPE);

            assertThat(outcome.code()).isZero();
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .startsWith("shop, pid " + self + ": running for 2.00 s, last update 0.30 s ago\n")
                    .containsPattern("received +1,000 +500\n")
                    .containsPattern("in_flight +100\n")
                    .containsPattern("bytes +5,000 +2,500\n")
                    .containsPattern("source +received +per s +held back by\n +web +1,000 +500 +ring_full 1.50 s\n")
                    .containsPattern("parse +1,000 +998 +1 +1 +500 +512 +nothing\n")
                    .containsPattern("print +13 +9 +3 +1 +5 +7 +nothing\n")
                    .contains("error, 3 times, last 0.30 s ago: parse: unknown_level: no level: ?[31m\n")
                    .doesNotContain("ADD UP")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void aProgramGetsAnObjectInALine() {
        try (RunCounters counters = run()) {
            counters.update(Reports.of(80, 2, FAILURE));
            nowMs.addAndGet(300);

            Outcome outcome = stat(Traits.PIPE, "--format", "json", "" + self);

            String started = Instant.ofEpochMilli(startMs).toString();
            assertThat(outcome.code()).isZero();
            assertThat(outcome.out())
                    .isEqualTo(
                            "{\"pid\":" + self + ",\"pipeline\":\"shop\",\"state\":\"running\",\"started\":\"" + started
                                    + "\",\"heartbeat_age_ms\":300,\"consistent\":true,\"received\":80,\"delivered\":0,"
                                    + "\"absorbed\":40,\"filtered\":20,\"dropped\":0,\"dead_lettered\":10,\"parked\":0,"
                                    + "\"in_flight\":10,\"replayed\":0,\"refused\":0,\"ran_ns\":2000000000,\"per_second\":40,"
                                    + "\"sources\":[{\"name\":\"web\",\"received\":80,\"blocked_ns\":{\"ring_full\":1500000000}}],"
                                    + "\"stages\":[{\"name\":\"parse\",\"in\":80,\"out\":78,\"filtered\":1,\"failed\":1,"
                                    + "\"dropped\":0,\"dead_lettered\":1,\"depth_max\":512}],"
                                    + "\"sinks\":[{\"name\":\"print\",\"offered\":13,\"delivered\":9,\"not_wanted\":3,\"failed\":1,"
                                    + "\"dropped\":0,\"dead_lettered\":1,\"depth_max\":7}],"
                                    + "\"errors\":[{\"text\":\"parse: unknown_level: no level: \\u001b[31m\",\"count\":3,"
                                    + "\"first\":\"" + started + "\",\"last\":\"" + started + "\"}]}\n");
        }
    }

    @Test
    void aRunThatDiedIsShownAsStaleAndIsNoRun() throws IOException {
        Path left = runs.file(NOBODY);
        try (RunCounters counters = run()) {
            counters.update(Reports.of(80, 2));
            Files.copy(runs.file(self), left);
        }
        nowMs.addAndGet(90_000);

        Outcome outcome = stat(Traits.PIPE);
        Outcome json = stat(Traits.PIPE, "--format", "json");
        Outcome asked = stat(Traits.PIPE, "--watch", "123456");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("STALE after 2.00 s, the process is gone, last update 90.00 s ago")
                .containsPattern("received +80 ");
        assertThat(outcome.err()).contains("no run (expected: a living one); what is shown was left");
        assertThat(json.out()).contains("\"state\":\"stale\"");
        assertThat(asked.err()).contains("no run with PID 123456 (expected: one of [" + NOBODY + "])");
        try (RunCounters next = run()) {
            next.update(Reports.of(1, 1));
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void whoWatchesSeesTheRateBetweenTwoLooksAndTheEnd() {
        RunCounters counters = run();
        counters.update(Reports.of(1_000, 2));
        betweenLooks.add(() -> counters.update(Reports.of(4_000, 3)));
        betweenLooks.add(() -> {});
        betweenLooks.add(() -> {
            counters.update(Reports.of(9_000, 4));
            counters.close();
        });

        Outcome outcome = stat(Traits.PIPE, "--watch");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines().filter(line -> line.strip().startsWith("received")))
                .extracting(line -> line.strip().replaceAll(" +", " "))
                .containsExactly(
                        "received 1,000 500", "received 4,000 3,000", "received 4,000 0", "received 9,000 5,000");
        assertThat(outcome.out()).contains("ended after 4.00 s").doesNotContain("\u001b");
        assertThat(betweenLooks).isEmpty();
    }

    @Test
    void aSignalEndsTheWatchInOrder() {
        try (RunCounters counters = run()) {
            counters.update(Reports.of(1_000, 2));

            // There is nothing between looks, which is what a signal does.
            Outcome outcome = stat(Traits.PIPE, "--watch");

            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).containsOnlyOnce("running for");
        }
    }

    @Test
    void aTerminalIsClearedBeforeEachLook() {
        try (RunCounters counters = run()) {
            counters.update(Reports.of(1_000, 2));
            betweenLooks.add(() -> {});

            Outcome outcome = stat(new Traits(true, true, false, StandardCharsets.UTF_8, 80), "--watch");

            assertThat(outcome.out()).startsWith("\u001b[H\u001b[2Jshop, pid ");
            assertThat(outcome.out().split("\u001b\\[H", -1)).hasSize(3);
            assertThat(outcome.out().lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamedOnceAndTheOthersAreShown() throws IOException {
        try (RunCounters counters = run()) {
            counters.update(Reports.of(1_000, 2));
            Files.write(runs.file(NOBODY), new byte[300]);
            byte[] other = new byte[300];
            other[0] = 1;
            Files.write(runs.file(NOBODY - 1), other);
            betweenLooks.add(() -> {});

            Outcome outcome = stat(Traits.PIPE, "--watch");

            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).contains("shop, pid ");
            assertThat(outcome.err().lines().toList())
                    .satisfiesExactly(
                            line -> assertThat(line).contains(NOBODY - 1 + ".cnc: not the counters of a run"),
                            line -> assertThat(line).contains(NOBODY + ".cnc: not complete"));
        }
    }

    @Test
    void aDemoIsSeenWhileItRunsAndItsFileIsGoneAfterwards() throws IOException {
        List<String> seen = new ArrayList<>();
        Thread looker = new Thread(
                () -> {
                    String out = "";
                    while (!out.contains("\"received\"") && !Thread.interrupted()) {
                        out = stat(Traits.PIPE, "--format", "json").out();
                    }
                    seen.add(out);
                },
                "looker");
        looker.start();
        Outcome demo = outcome(
                Traits.PIPE,
                (screen, args) ->
                        Main.run(new Shell(screen, InputStream.nullInputStream(), Signals.none(), runs), args),
                "demo",
                "--seconds",
                "1");
        looker.interrupt();
        join(looker);

        assertThat(demo.code()).isZero();
        assertThat(demo.err()).doesNotContain("warning");
        assertThat(seen).singleElement().asString().contains("\"pipeline\":\"demo\"", "{\"name\":\"parse\",\"in\":");
        assertThat(runs.pids()).isEmpty();
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).isFalse();
    }

    private RunCounters run() {
        return runs.open("shop", warning -> {
            throw new AssertionError(warning);
        });
    }

    private Outcome stat(Traits traits, String... args) {
        return outcome(
                traits,
                (screen, arguments) -> new CommandLine(new StatCommand(screen, runs, nowMs::get, this::next))
                        .registerConverter(Format.class, Format::parse)
                        .execute(arguments),
                args);
    }

    private boolean next() {
        Runnable step = betweenLooks.poll();
        if (step != null) {
            step.run();
        }
        return step != null;
    }

    private interface Command {
        int run(Screen screen, String... args);
    }

    private static Outcome outcome(Traits traits, Command command, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = command.run(
                new Screen(
                        new PrintStream(out, true, traits.charset()),
                        new PrintStream(err, true, traits.charset()),
                        traits),
                args);
        return new Outcome(code, out.toString(traits.charset()), err.toString(traits.charset()));
    }
}
