package io.ringmain.cli;

import io.ringmain.Accounts;
import io.ringmain.Report;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.plan.LetterSettings;
import io.ringmain.spi.DeadLetter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The account of a run for people, on standard error: results may be on the other one. */
final class RunSummary {

    private static final int LETTERS_SHOWN = 5;
    private static final int TEXT_MAX = 60;
    private static final int TEXT_MIN = 20;
    private static final int GROUPS_SHOWN = 10;

    private final Screen screen;
    private final PrintStream err;
    private final PlanRun.Result result;
    private final boolean keepsState;

    RunSummary(Screen screen, PlanRun.Result result) {
        this(screen, result, true);
    }

    /** Makes the account of a run that has kept nothing on disk, unless it {@code keepsState}. */
    RunSummary(Screen screen, PlanRun.Result result, boolean keepsState) {
        this.screen = screen;
        this.result = result;
        this.keepsState = keepsState;
        err = screen.err();
    }

    void print() {
        Report report = result.report();
        if (report != null) {
            head(report);
            accounts(report.accounts());
            dropped(report.accounts());
            sinks(report);
            if (keepsState) {
                checkpoint(report);
            }
            letters(deadLettered(report));
            if (keepsState) {
                lettersOnDisk(report);
            }
            failures(report);
            RunNotes.print(result, screen);
            left(report);
        }
        result.problems().forEach(problem -> err.println("ringmain run: " + Screen.plain(problem)));
        err.flush();
    }

    private void head(Report report) {
        Accounts accounts = report.accounts();
        StringBuilder line = new StringBuilder(Screen.plain(report.pipeline()))
                .append(": ")
                .append(Numbers.counted(accounts.received(), "event"));
        if (!result.sources().isEmpty()) {
            line.append(", ").append(Numbers.bytes(result.bytes()));
        }
        line.append(" in ").append(Numbers.seconds(report.ran()));
        if (accounts.received() > 0) {
            line.append(", ").append(Numbers.rate(report.perSecond())).append("/s");
        }
        err.println(line);
    }

    private void accounts(Accounts accounts) {
        List<String> terms = new ArrayList<>();
        terms.add("delivered " + Numbers.count(accounts.delivered()));
        terms.add("absorbed " + Numbers.count(accounts.absorbed()));
        terms.add("filtered " + Numbers.count(accounts.filtered()));
        terms.add("dropped " + Numbers.count(accounts.droppedInAll()));
        terms.add("dead " + Numbers.count(accounts.deadLettered()));
        if (accounts.parked() > 0) {
            terms.add("parked " + Numbers.count(accounts.parked()));
        }
        String end =
                accounts.balanced() ? screen.glyphs().right() : screen.glyphs().wrong() + " DOES NOT ADD UP";
        terms.add("in flight " + Numbers.count(accounts.inFlight()) + ' ' + end);
        String received = "  received " + Numbers.count(accounts.received());
        StringBuilder line = new StringBuilder(received).append(" = ").append(terms.get(0));
        for (String term : terms.subList(1, terms.size())) {
            if (screen.isErrTerminal() && line.length() + 3 + term.length() > screen.columns()) {
                err.println(line);
                line = new StringBuilder(" ".repeat(received.length()));
            }
            line.append(" + ").append(term);
        }
        err.println(line);
    }

    private void dropped(Accounts accounts) {
        new TreeMap<>(accounts.dropped())
                .forEach((reason, count) -> err.println("  dropped, " + reason + ": " + Numbers.count(count)));
    }

    /**
     * The sinks, all of them, where one did not take all that it was offered, or has a ring of its own: the line above counts what went into that as
     * absorbed.
     */
    private void sinks(Report report) {
        boolean telling = report.sinks().stream()
                        .anyMatch(sink -> sink.offered() > sink.delivered()
                                || !PartText.circuit(sink.circuit()).isEmpty())
                || report.edges().stream().anyMatch(edge -> edge.name().endsWith(Report.EdgeReport.OF_SINK));
        if (!telling) {
            return;
        }
        for (Report.SinkReport sink : report.sinks()) {
            StringBuilder line = new StringBuilder("  sink ")
                    .append(Screen.plain(sink.name()))
                    .append(": offered ")
                    .append(Numbers.count(sink.offered()))
                    .append(", delivered ")
                    .append(Numbers.count(sink.delivered()));
            term(line, "not wanted", sink.notWanted());
            term(line, "dropped", sink.dropped());
            term(line, "dead", sink.deadLettered());
            term(line, "in flight", sink.inFlight());
            line.append(PartText.limit(sink.inFlightLimit()));
            line.append(PartText.circuit(sink.circuit()));
            err.println(line);
        }
    }

    /** Where a later run would go on. */
    private void checkpoint(Report report) {
        Report.CheckpointReport checkpoint = report.checkpoint();
        if (checkpoint == null) {
            return;
        }
        String directory = result.plan().checkpoints().map(Path::toString).orElse("");
        StringBuilder line = new StringBuilder("  checkpoints in ").append(Screen.plain(directory));
        line.append(checkpoint.continued() ? ": went on from the last run; " : ": none before; ");
        line.append(Numbers.count(checkpoint.stored())).append(" stored");
        if (checkpoint.stored() > 0) {
            line.append(", the last of ").append(Numbers.bytes(checkpoint.bytes()));
        }
        term(line, "failed", checkpoint.failed());
        err.println(line);
        if (checkpoint.continued() && report.accounts().received() == 0) {
            err.println("  nothing new; to begin from the start, remove " + Screen.plain(directory));
        }
    }

    private static void term(StringBuilder line, String name, long count) {
        if (count > 0) {
            line.append(", ").append(name).append(' ').append(Numbers.count(count));
        }
    }

    /** Where to look for letters that outlive this program. */
    private void lettersOnDisk(Report report) {
        long count = deadLettered(report);
        if (count > 0 && result.plan().settings().letters() instanceof LetterSettings.OnDisk disk) {
            String directory = Screen.plain(disk.path().toString());
            err.println("dead letters: " + Numbers.count(count) + " in " + directory + "; see ringmain dlq list "
                    + directory);
        }
    }

    /** How many letters were taken, wherever they are. */
    private static long deadLettered(Report report) {
        return report.stages().stream()
                        .mapToLong(Report.StageReport::deadLettered)
                        .sum()
                + report.sinks().stream()
                        .mapToLong(Report.SinkReport::deadLettered)
                        .sum();
    }

    private void letters(long taken) {
        List<DeadLetter> letters = result.letters();
        if (letters.isEmpty()) {
            return;
        }
        Map<String, List<DeadLetter>> groups = new LinkedHashMap<>();
        for (DeadLetter letter : letters) {
            groups.computeIfAbsent(letter.stage() + ", " + letter.reason(), group -> new ArrayList<>())
                    .add(letter);
        }
        err.println("dead letters: "
                + (taken > letters.size() ? Numbers.count(taken) + ", of which the first " : "")
                + Numbers.count(letters.size()));
        groups.entrySet().stream()
                .sorted(Comparator.comparing(group -> -group.getValue().size()))
                .limit(GROUPS_SHOWN)
                .forEach(group -> err.println("  " + group.getKey() + ": "
                        + Numbers.count(group.getValue().size()) + "; "
                        + message(group.getValue().get(0))));
        if (groups.size() > GROUPS_SHOWN) {
            err.println("  and " + Numbers.counted(groups.size() - GROUPS_SHOWN, "other reason"));
        }
        List<DeadLetter> first = letters.stream()
                .sorted(Comparator.comparing(DeadLetter::source).thenComparing(DeadLetter::position))
                .limit(LETTERS_SHOWN)
                .toList();
        err.println(letters.size() > first.size() ? "the first " + first.size() + " of them:" : "where they stand:");
        for (DeadLetter letter : first) {
            letter(letter);
        }
    }

    /** What the failure said, without the exception's class. */
    private static String message(DeadLetter letter) {
        return Screen.plain(Failures.plain(letter.message()));
    }

    private void letter(DeadLetter letter) {
        String place = "  " + Screen.plain(result.where(letter)) + "  " + letter.reason() + "  ";
        int room = Math.max(TEXT_MIN, Math.min(TEXT_MAX, screen.columns() - place.length()));
        String line = letter.event() instanceof LogEvent event ? event.line() : String.valueOf(letter.event());
        String text = Screen.plain(line);
        String shown = text.length() > room ? text.substring(0, room - 3) + "..." : text;
        err.println(place + (shown.isEmpty() ? "(empty)" : shown));
    }

    /** Failures that became dead letters or drops have been shown as such, by their reasons. */
    private void failures(Report report) {
        boolean counted = !result.letters().isEmpty();
        for (Report.Failure failure : report.failures()) {
            boolean isShown = counted
                    && result.letters().stream()
                            .anyMatch(letter -> letter.stage().equals(failure.where()));
            if (!isShown || report.failed()) {
                String times = failure.count() > 1 ? ", " + Numbers.count(failure.count()) + " times" : "";
                err.println(
                        "failed: " + failure.where() + ": " + Screen.plain(Failures.plain(failure.message())) + times);
                Report.Origin first = failure.first();
                if (first != null && result.sources().containsKey(first.source())) {
                    String place = Screen.plain(result.where(first.source(), first.position()));
                    err.println("  " + (failure.count() > 1 ? "first at " : "at ") + place);
                }
            }
        }
    }

    private void left(Report report) {
        report.left().forEach(left -> err.println("left at " + left.lane() + ": " + Numbers.count(left.count())));
        report.abandoned().forEach(lane -> err.println("thread abandoned: " + lane));
        if (report.failed()) {
            err.println("NOT DONE: the pipeline was stopped by a failure; what came behind it was not read");
        }
    }
}
