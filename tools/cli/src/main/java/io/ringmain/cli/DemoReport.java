package io.ringmain.cli;

import io.ringmain.Accounts;
import io.ringmain.Report;
import io.ringmain.Report.Blocked;
import io.ringmain.Report.SinkReport;
import io.ringmain.Report.SourceReport;
import io.ringmain.Report.StageReport;
import io.ringmain.Report.Times;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.DeadLetter;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the demo prints in the end. */
final class DemoReport {

    private static final int BAR_WIDTH = 30;
    private static final int TEXT_MAX = 24;

    private final Screen screen;
    private final PrintStream out;
    private final Report report;

    DemoReport(Screen screen, Report report) {
        this.screen = screen;
        this.report = report;
        out = screen.out();
    }

    void print(DemoCounts counts, FirstLetters letters) {
        counts("level", counts.byLevel());
        out.println();
        counts("source", counts.bySource());
        out.println();
        stages();
        out.println();
        latency();
        blocked();
        out.println();
        letters(letters);
        out.println();
        accounts();
        problems();
        out.flush();
    }

    private void heading(String text) {
        out.println(screen.heading(text));
    }

    private void table(String title, Table table) {
        heading(title);
        table.lines(screen.outColumns()).forEach(out::println);
    }

    private void counts(String title, Map<String, Long> counts) {
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        Table table = new Table("<" + title, "lines", "share", "<");
        counts.forEach((key, count) -> {
            String bar = screen.glyphs().bareBar((double) count / most, BAR_WIDTH);
            table.row(key, Numbers.count(count), Numbers.percent((double) count / sum), bar);
        });
        table("Counts by " + title, table);
    }

    private void stages() {
        Table table = new Table(
                "<stage", "in", "out", "filtered", "failed", "rate/s", "wait50", "wait99", "work50", "work99");
        List<StageReport> stages = report.stages();
        for (int i = 0; i < stages.size(); i++) {
            StageReport stage = stages.get(i);
            // The last one emits: what leaves it are rows, which the next segment receives.
            boolean emits = i == stages.size() - 1;
            long given = emits ? report.segments().get(1).received() : stage.out();
            long[] counts = {stage.in(), given, stage.filtered(), stage.failed()};
            stage(table, stage.name(), counts, stage.waited(), stage.service());
        }
        for (SinkReport sink : report.sinks()) {
            long[] counts = {sink.offered(), sink.delivered(), 0, sink.failed()};
            stage(table, sink.name(), counts, sink.waited(), sink.service());
        }
        table(
                "Stages: wait and work at p50 and p99 of sampled lines, in "
                        + screen.glyphs().micro(),
                table);
    }

    private void stage(Table table, String name, long[] counts, Times waited, Times service) {
        table.row(
                name,
                Numbers.compact(counts[0]),
                Numbers.compact(counts[1]),
                Numbers.compact(counts[2]),
                Numbers.compact(counts[3]),
                Numbers.rate(counts[0] * 1e9 / Math.max(1, report.ran().toNanos())),
                micros(waited, waited.p50Ns()),
                micros(waited, waited.p99Ns()),
                micros(service, service.p50Ns()),
                micros(service, service.p99Ns()));
    }

    private static String micros(Times times, long ns) {
        return times.count() == 0 ? "-" : Numbers.micros(ns);
    }

    private void latency() {
        Times times = report.latency();
        heading("Latency from ring to settled, in " + screen.glyphs().micro());
        out.println("  p50 " + micros(times, times.p50Ns()) + "   p99 " + micros(times, times.p99Ns()) + "   p99.9 "
                + micros(times, times.p999Ns()) + "   max " + micros(times, times.maxNs()));
        out.println();
    }

    private void blocked() {
        Table table = new Table("<source", "lines", "<held back by", "times", "time", "of the run");
        for (SourceReport source : report.sources()) {
            if (source.blocked().isEmpty()) {
                table.row(source.name(), Numbers.count(source.received()), "nothing", "0", "0.00 s", "0.0 %");
            }
            for (Blocked blocked : source.blocked()) {
                table.row(
                        source.name(),
                        Numbers.count(source.received()),
                        blocked.why(),
                        Numbers.count(blocked.count()),
                        Numbers.seconds(Duration.ofNanos(blocked.ns())),
                        Numbers.percent(
                                (double) blocked.ns() / Math.max(1, report.ran().toNanos())));
            }
        }
        table("Sources and the time that they were blocked", table);
    }

    private void letters(FirstLetters letters) {
        List<DeadLetter> first = letters.first();
        if (first.isEmpty()) {
            heading("Dead letters: none");
            return;
        }
        Table table = new Table("line", "<stage", "<reason", "<text");
        for (DeadLetter letter : first) {
            table.row(Numbers.count(letter.position()), letter.stage(), reason(letter), text(letter));
        }
        String some = letters.count() > first.size() ? ", the first " + first.size() : "";
        table("Dead letters: " + Numbers.count(letters.count()) + some, table);
    }

    /** The message without the exception's class and without what would have been expected. */
    private static String reason(DeadLetter letter) {
        return letter.reason() + ": " + letter.message().replaceFirst(" \\(expected: .*", "");
    }

    private static String text(DeadLetter letter) {
        String line = letter.event() instanceof LogEvent event
                ? event.line()
                : letter.event().toString();
        String shown = line.length() > TEXT_MAX ? line.substring(0, TEXT_MAX - 3) + "..." : line;
        return shown.isEmpty() ? "(empty)" : shown;
    }

    private void accounts() {
        Accounts accounts = report.accounts();
        String[] terms = {
            "delivered " + Numbers.count(accounts.delivered()),
            "absorbed " + Numbers.count(accounts.absorbed()),
            "filtered " + Numbers.count(accounts.filtered()),
            "dropped " + Numbers.count(accounts.droppedInAll()),
            "dead " + Numbers.count(accounts.deadLettered()),
            "in flight " + Numbers.count(accounts.inFlight())
        };
        heading("Balance: each line received is in exactly one place");
        String received = "  received " + Numbers.count(accounts.received());
        StringBuilder line = new StringBuilder(received).append(" = ").append(terms[0]);
        for (int i = 1; i < terms.length; i++) {
            if (line.length() + 3 + terms[i].length() > screen.outColumns()) {
                out.println(line);
                line = new StringBuilder(" ".repeat(received.length()));
            }
            line.append(" + ").append(terms[i]);
        }
        out.println(line);
        String sum = accounts.balanced() ? "adds up" : "DOES NOT ADD UP";
        out.println("  " + sum + "; " + Numbers.count(accounts.received()) + " lines in "
                + Numbers.seconds(report.ran()) + ", " + Numbers.count(Math.round(report.perSecond())) + " lines/s");
    }

    private void problems() {
        if (report.succeeded()) {
            return;
        }
        out.println();
        heading("NOT DONE: " + (report.failed() ? "the pipeline failed, " : "") + "in flight "
                + Numbers.count(report.accounts().inFlight()));
        report.left().forEach(left -> out.println("  left at " + left.lane() + ": " + Numbers.count(left.count())));
        report.abandoned().forEach(lane -> out.println("  thread abandoned: " + lane));
        report.failures()
                .forEach(failure -> out.println("  " + failure.where() + ": " + failure.type() + ": "
                        + failure.message() + ", " + Numbers.count(failure.count()) + " times"));
    }
}
