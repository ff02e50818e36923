package io.ringmain.cli;

import io.ringmain.cli.stat.PartKind;
import io.ringmain.cli.stat.RunSnapshot;
import io.ringmain.cli.stat.RunSnapshot.DistinctError;
import io.ringmain.cli.stat.RunSnapshot.Part;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code ringmain stat} shows to people. */
final class StatText {

    private static final String BLOCKED = "blocked_ns.";

    /** Counters that are no counts since the start. */
    private static final Set<String> LEVELS = Set.of("in_flight", "parked");

    private final Screen screen;
    private final PrintStream out;
    private final long nowMs;

    StatText(Screen screen, long nowMs) {
        this.screen = screen;
        this.nowMs = nowMs;
        out = screen.out();
    }

    void print(RunLook look) {
        RunSnapshot run = look.now();
        out.println(screen.heading(Screen.plain(run.pipeline()) + ", pid " + run.pid() + ": " + state(look)));
        counters(look);
        if (!run.whole()) {
            out.println("  the run stopped in the middle of an update; the counts are not all of one moment");
        } else if (!run.balanced()) {
            out.println("  DOES NOT ADD UP: received is not the sum of what became of the events");
        }
        sources(look);
        stages(look);
        sinks(look);
        errors(run.errors());
        out.println();
    }

    private String state(RunLook look) {
        RunSnapshot run = look.now();
        String ran = Numbers.seconds(Duration.ofNanos(run.counter("ran_ns")));
        return switch (look.state()) {
            case RUNNING -> "running for " + ran + ", last update " + ago(run.heartbeatMs());
            case ENDED -> "ended after " + ran;
            case STALE -> "STALE after " + ran + ", the process is gone, last update " + ago(run.heartbeatMs());
        };
    }

    private String ago(long ms) {
        return Numbers.seconds(Duration.ofMillis(Math.max(0, nowMs - ms))) + " ago";
    }

    private void counters(RunLook look) {
        Table table = new Table("<counter", "value", "per s");
        for (Map.Entry<String, Long> counter : look.now().counters().entrySet()) {
            String name = counter.getKey();
            if (!name.equals("ran_ns")) {
                String rate = LEVELS.contains(name) ? "" : Numbers.rate(look.perSecond(name));
                table.row(Screen.plain(name), Numbers.count(counter.getValue()), rate);
            }
        }
        table.lines(screen.outColumns()).forEach(out::println);
    }

    private void sources(RunLook look) {
        Table table = new Table("<source", "received", "per s", "<held back by");
        for (Part part : look.now().parts(PartKind.SOURCE)) {
            table.row(
                    Screen.plain(part.name()),
                    count(part, "received"),
                    Numbers.rate(look.perSecond(part, "received")),
                    heldBack(part));
        }
        print(table, look, PartKind.SOURCE);
    }

    private void stages(RunLook look) {
        Table table = new Table("<stage", "in", "out", "filtered", "failed", "per s", "depth max", "<held back by");
        for (Part part : look.now().parts(PartKind.STAGE)) {
            table.row(
                    Screen.plain(part.name()),
                    count(part, "in"),
                    count(part, "out"),
                    count(part, "filtered"),
                    count(part, "failed"),
                    Numbers.rate(look.perSecond(part, "in")),
                    count(part, "depth_max"),
                    heldBack(part));
        }
        print(table, look, PartKind.STAGE);
    }

    private void sinks(RunLook look) {
        Table table = new Table(
                "<sink", "offered", "delivered", "not wanted", "failed", "per s", "depth max", "<held back by");
        for (Part part : look.now().parts(PartKind.SINK)) {
            table.row(
                    Screen.plain(part.name()),
                    count(part, "offered"),
                    count(part, "delivered"),
                    count(part, "not_wanted"),
                    count(part, "failed"),
                    Numbers.rate(look.perSecond(part, "delivered")),
                    count(part, "depth_max"),
                    heldBack(part));
        }
        print(table, look, PartKind.SINK);
    }

    private void print(Table table, RunLook look, PartKind kind) {
        if (!look.now().parts(kind).isEmpty()) {
            table.lines(screen.outColumns()).forEach(out::println);
        }
    }

    private static String count(Part part, String counter) {
        return Numbers.compact(part.counter(counter));
    }

    /** What held the part back longest, and for how long. */
    private static String heldBack(Part part) {
        Map.Entry<String, Long> most = Map.entry(BLOCKED, 0L);
        for (Map.Entry<String, Long> counter : part.counters().entrySet()) {
            if (counter.getKey().startsWith(BLOCKED) && counter.getValue() > most.getValue()) {
                most = counter;
            }
        }
        return most.getValue() == 0
                ? "nothing"
                : Screen.plain(most.getKey().substring(BLOCKED.length()))
                        + ' '
                        + Numbers.seconds(Duration.ofNanos(most.getValue()));
    }

    private void errors(List<DistinctError> errors) {
        for (DistinctError error : errors) {
            String times = error.count() == 1 ? "once, " : Numbers.count(error.count()) + " times, last ";
            out.println("  error, " + times + ago(error.lastMs()) + ": " + Screen.plain(error.text()));
        }
    }
}
