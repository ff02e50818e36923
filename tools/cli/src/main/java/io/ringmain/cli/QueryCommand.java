package io.ringmain.cli;

import io.ringmain.Report;
import io.ringmain.cli.query.FormatGuess;
import io.ringmain.cli.query.Query;
import io.ringmain.cli.query.QueryException;
import io.ringmain.cli.query.QueryPlan;
import io.ringmain.cli.rows.Row;
import io.ringmain.cli.rows.RowSink;
import io.ringmain.logs.JsonText;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.plan.Diagnostic;
import io.ringmain.logs.plan.Mark;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.Reading;
import io.ringmain.logs.plan.StandIns;
import io.ringmain.spi.Sink;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers a question in one line about log files. */
@Command(
        name = "query",
        description = {
            "Answer a question about log files, without a plan.",
            "",
            "  ringmain query access.log 'status >= 500 | count() by path | top 10'",
            "  ringmain query app.log 'level >= ERROR'",
            "  ringmain query 'logs/*.gz' --parse json 'sum(bytes), avg(ms) by user'",
            "",
            "A question is stages with bars between them:",
            "  CONDITION or where CONDITION    keep the lines for which it is true",
            "  set NAME = EXPRESSION           compute a field",
            "  take N                          look at the first N lines only",
            "  count(), sum(f), avg(f) by a, b one row per group; also min, max, counts(f)",
            "  sort NAME, sort NAME desc       order the rows",
            "  top N, top N by NAME            the N rows with the highest value",
            "Without an aggregate the lines themselves are the answer.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 done (what could not be parsed is counted), 1 failed,",
            "2 wrong usage, 78 a wrong question."
        })
final class QueryCommand implements Callable<Integer> {

    private static final List<String> FORMATS = List.of("auto", "combined", "common", "json", "logfmt", "level");

    private static final Pattern PARTS =
            Pattern.compile("^(?:sources\\." + QueryPlan.SOURCE + "(?:\\.path)?|sinks\\." + QueryPlan.SINK + "): ");

    private final Shell shell;
    private final Screen screen;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(
            paramLabel = "[FILE...] QUESTION",
            hideParamSyntax = true,
            arity = "1..*",
            description =
                    "Files or globs, compressed or not; - or none for the standard input. The last one is the question.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--parse",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description =
                    "combined, common, json, logfmt, level, or auto: what fits the first lines (default: ${DEFAULT-VALUE}).")
    private String parse = "auto";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json: an object per row or line (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    // Set where the format is guessed.
    private boolean isEmpty;

    QueryCommand(Shell shell) {
        this.shell = shell;
        screen = shell.screen();
    }

    @Override
    public Integer call() throws IOException {
        if (!FORMATS.contains(parse)) {
            throw new ParameterException(
                    spec.commandLine(), "--parse: " + parse + " (expected: " + String.join(", ", FORMATS) + ')');
        }
        String question = arguments.get(arguments.size() - 1);
        List<String> paths = new ArrayList<>(arguments.subList(0, arguments.size() - 1));
        checkOrder(question, paths);
        boolean isStdin = paths.isEmpty() || paths.equals(List.of("-"));
        if (!isStdin && paths.contains("-")) {
            throw new ParameterException(
                    spec.commandLine(), "FILE: - beside files (expected: files, or the standard input alone)");
        }
        try {
            return answer(Query.of(question), isStdin ? List.of() : paths);
        } catch (QueryException wrong) {
            Mark mark = new Mark("query", 1, wrong.offset() + 1, wrong.length(), question.replace('\n', ' '));
            PlanReading.show(
                    screen,
                    "query",
                    List.of(new Diagnostic(mark, "", String.valueOf(wrong.getMessage()), wrong.hint())));
            return ExitCodes.CONFIG;
        }
    }

    /** A file where the question belongs is a question that was forgotten, or that stands first. */
    private void checkOrder(String question, List<String> paths) {
        if (!isFile(question)) {
            return;
        }
        boolean isSwapped = !paths.isEmpty() && !isFile(paths.get(0));
        String asked = isSwapped ? paths.get(0) : "count() by status";
        throw new ParameterException(
                spec.commandLine(),
                question + " is a file; " + (isSwapped ? "the question comes last" : "the question is missing")
                        + ": ringmain query " + question + " '" + asked + '\'');
    }

    private static boolean isFile(String text) {
        try {
            return Files.isRegularFile(Path.of(text));
        } catch (InvalidPathException none) {
            return false;
        }
    }

    private int answer(Query query, List<String> paths) throws IOException {
        FirstLines first = new FirstLines(shell, paths);
        String chosen = parse.equals("auto") ? guessed(first, paths).orElse(null) : parse;
        if (chosen == null) {
            return isEmpty ? ExitCodes.DONE : ExitCodes.FAILED;
        }
        String sink = query.aggregates()
                ? "{type: discard}"
                : "{type: console, format: " + format.name().toLowerCase(Locale.ROOT) + '}';
        Reading reading = query.plan(paths, chosen, sink).read();
        PlanReading.show(screen, "query", reading.problems());
        Plan plan = reading.plan().orElse(null);
        if (plan == null) {
            return ExitCodes.CONFIG;
        }
        Collector collector = new Collector(query.aggregates());
        Progress progress = new Progress(screen, false, PlanRun.writesToConsole(plan));
        PlanRun.Result result = new PlanRun(first.shell(), plan, collector, false)
                .run(progress, plan.settings().drainWithin());
        if (result.isReaderGone()) {
            return ExitCodes.DONE;
        }
        if (collector.sink != null) {
            print(query.columns(), query.arrange(collector.sink.rows()));
        }
        footer(result);
        return result.succeeded() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Optional<String> guessed(FirstLines first, List<String> paths) throws IOException {
        List<String> lines = first.lines();
        if (!first.problems().isEmpty()) {
            first.problems().forEach(this::say);
            return Optional.empty();
        }
        if (lines.isEmpty()) {
            // Without a line there is no format, and without a format no field that the question could be checked for.
            isEmpty = true;
            say((paths.isEmpty() ? "standard input" : String.join(", ", paths)) + ": empty; no line to answer from");
            return Optional.empty();
        }
        Optional<String> guess = FormatGuess.of(lines);
        if (guess.isEmpty()) {
            say(
                    "--parse: no format fits the first " + Numbers.counted(lines.size(), "line")
                            + " (expected: combined, common, json, logfmt or level); another one needs a plan, with parse: {format: regex, …}");
        } else {
            say("parsed as " + guess.get() + ", which fits the first lines; --parse says otherwise");
        }
        return guess;
    }

    private void print(List<String> names, List<Row> rows) {
        PrintStream out = screen.out();
        if (format == Format.JSON) {
            rows.forEach(row -> out.println(new JsonText().object(names, row.fields())));
        } else if (!rows.isEmpty()) {
            new RowTable(names, rows).lines(screen.outColumns()).forEach(out::println);
        }
        out.flush();
    }

    private void footer(PlanRun.Result result) {
        Report report = result.report();
        PrintStream err = screen.err();
        if (report != null) {
            StringBuilder line = new StringBuilder(
                            Numbers.counted(report.accounts().received(), "line"))
                    .append(", ")
                    .append(Numbers.bytes(result.bytes()))
                    .append(" in ")
                    .append(Numbers.seconds(report.ran()));
            for (Report.Failure failure : report.failures()) {
                if (failure.where().equals("parse")) {
                    line.append("; ").append(Numbers.count(failure.count())).append(" not parsed: ");
                    line.append(Screen.plain(failure.type()));
                } else if (!report.failed()) {
                    // Counted in calls, which may be of many lines each.
                    line.append("; failed");
                    line.append(failure.count() > 1 ? ' ' + Numbers.count(failure.count()) + " times: " : ": ");
                    line.append(Screen.plain(asked(Failures.plain(failure.message()))));
                }
            }
            err.println(line);
            RunNotes.print(result, screen);
            if (report.failed()) {
                report.failures().forEach(failure -> say(Failures.plain(failure.message())));
            }
        }
        result.problems().forEach(this::say);
        err.flush();
    }

    private void say(String text) {
        screen.say("query", asked(text));
    }

    /** The plan's names for the parts say nothing to somebody who has not seen it. */
    private static String asked(String text) {
        return PARTS.matcher(text).replaceFirst("");
    }

    /** Takes the place of the sink where rows are the answer. */
    private static final class Collector implements StandIns {

        private final boolean isWanted;
        private @Nullable RowSink sink;

        Collector(boolean isWanted) {
            this.isWanted = isWanted;
        }

        @Override
        public Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
            if (isWanted && part.name().equals(QueryPlan.SINK)) {
                sink = new RowSink(keys);
                return Optional.of(sink);
            }
            return Optional.empty();
        }
    }
}
