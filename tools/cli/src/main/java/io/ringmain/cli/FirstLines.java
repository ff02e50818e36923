package io.ringmain.cli;

import io.ringmain.cli.query.FormatGuess;
import io.ringmain.cli.rows.Row;
import io.ringmain.cli.rows.RowSink;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.StandIns;
import io.ringmain.spi.Sink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first few lines of the input, before it is read as a whole. */
final class FirstLines {

    private static final int BYTES_MAX = 256 << 10;

    private final Shell shell;
    private final List<String> paths;
    private final List<String> problems = new ArrayList<>();
    private InputStream rest;

    FirstLines(Shell shell, List<String> paths) {
        this.shell = shell;
        this.paths = paths;
        rest = shell.in();
    }

    /** Returns the lines; none if there are {@link #problems}. */
    List<String> lines() throws IOException {
        return paths.isEmpty() ? ofStandardInput() : ofFiles();
    }

    /** What is wrong with the input, a sentence each. */
    List<String> problems() {
        return problems;
    }

    /** The shell, whose standard input still begins at its beginning. */
    Shell shell() {
        return new Shell(shell.screen(), rest, shell.signals(), shell.runs());
    }

    /** Waits for whole lines, but takes no more than has come once there is one: somebody may be typing. */
    private List<String> ofStandardInput() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        byte[] block = new byte[8192];
        int count = 0;
        boolean hasLine = false;
        while (!hasLine && head.size() < BYTES_MAX && count >= 0) {
            count = shell.in().read(block);
            head.write(block, 0, Math.max(0, count));
            hasLine = head.toString(StandardCharsets.ISO_8859_1).indexOf('\n') >= 0;
        }
        InputStream begin = new ByteArrayInputStream(head.toByteArray());
        // A terminal that is asked again after its end waits for a second one.
        rest = count < 0 ? begin : new SequenceInputStream(begin, shell.in());
        String text = head.toString(StandardCharsets.UTF_8);
        // The last line may not be whole, unless it is all there is.
        int end = text.lastIndexOf('\n');
        String whole = end < 0 ? text : text.substring(0, end);
        return whole.lines()
                .filter(line -> !line.isBlank())
                .limit(FormatGuess.LINES_MAX)
                .toList();
    }

    /** By a pipeline of their own: it knows of globs and of compressed files. */
    private List<String> ofFiles() {
        Plan plan = Plan.builder("first-lines")
                .source("in", "file", Map.of("path", paths))
                .step("take", FormatGuess.LINES_MAX)
                .sink("out", "discard", Map.of())
                .whenFailed(WhenFailed.skip())
                .build();
        Taker taker = new Taker();
        // A signal now ends the process, as while it starts: to drain this would only bring on the whole input.
        Shell unsignalled = new Shell(shell.screen(), shell.in(), Signals.none(), shell.runs());
        PlanRun.Result result = new PlanRun(unsignalled, plan, taker, false)
                .run(new Progress(shell.screen(), true), plan.settings().drainWithin());
        problems.addAll(result.problems());
        if (result.report() != null && result.report().failed()) {
            result.report().failures().forEach(failure -> problems.add(failure.message()));
        }
        RowSink sink = taker.sink;
        return sink == null
                ? List.of()
                : sink.rows().stream()
                        .map(Row::line)
                        .filter(line -> !line.isBlank())
                        .toList();
    }

    private static final class Taker implements StandIns {
        private @Nullable RowSink sink;

        @Override
        public Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
            sink = new RowSink(keys);
            return Optional.of(sink);
        }
    }
}
