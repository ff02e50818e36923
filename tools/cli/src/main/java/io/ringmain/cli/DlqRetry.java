package io.ringmain.cli;

import io.ringmain.cli.letters.LetterChoice;
import io.ringmain.cli.letters.LetterJson;
import io.ringmain.cli.letters.LetterSight;
import io.ringmain.cli.letters.RunningStore;
import io.ringmain.cli.letters.Tally;
import io.ringmain.images.ImageRun;
import io.ringmain.journal.LetterId;
import io.ringmain.journal.LetterState;
import io.ringmain.journal.RetryOutcome;
import io.ringmain.journal.RetryRequest;
import io.ringmain.logs.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries letters again, each where it failed. */
@Command(
        name = "retry",
        description = {
            "Try dead letters again, each at the step or sink where it failed: those that are open, unless they are named.",
            "",
            "A run that writes to the directory does it while it goes on. If there is none, --plan says what pipeline they are of; it runs with",
            "nothing but the letters, and writes behind what its files have. Letters of 'ringmain images' need none. What fails again is a new",
            "letter.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 all are done with, 1 some have failed again or were not tried, 2 wrong usage, 78 wrong plan."
        })
final class DlqRetry implements Callable<Integer> {

    private static final long LOOK_NS = 100_000_000;

    private final Shell shell;
    private final Screen screen;
    private final LongSupplier epochNs;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "The plan of the pipeline, if no run writes to the directory.")
    private @Nullable Path plan;

    @Option(names = "--dry-run", description = "Only say which letters would be tried.")
    private boolean dryRun;

    @Option(names = "--rate", paramLabel = "N", description = "Try at most so many a second, in a run that goes on.")
    private @Nullable Long rate;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    DlqRetry(Shell shell, LongSupplier epochNs) {
        this.shell = shell;
        this.epochNs = epochNs;
        screen = shell.screen();
    }

    @Override
    public Integer call() throws IOException {
        if (rate != null && rate < 1) {
            throw options.wrong("--rate: " + rate + " (expected: >= 1)");
        }
        Path directory = options.directory();
        LongStream.Builder ids = LongStream.builder();
        Tally stages = new Tally("stage");
        LetterChoice choice = options.choice(Set.of(LetterState.OPEN), epochNs.getAsLong());
        Set<Long> missing = new TreeSet<>(choice.ids());
        Set<String> pipelines = new TreeSet<>();
        // Those that were dealt with before: nobody need be asked.
        List<RetryRequest.Result> before = new ArrayList<>();
        new LetterSight(directory).each(choice, entry -> {
            if (entry.state() == LetterState.OPEN) {
                ids.add(entry.letter().id());
                pipelines.add(entry.letter().pipeline());
            } else {
                before.add(new RetryRequest.Result(
                        entry.letter().id(), RetryOutcome.DEALT_WITH_BEFORE, entry.state(), entry.stateTimeNs()));
            }
            missing.remove(entry.letter().id());
            stages.add(entry);
            return true;
        });
        if (stages.count() == 0) {
            say(options.namesLetters() ? "no such letter" : "no letter is open");
            return options.namesLetters() ? ExitCodes.FAILED : ExitCodes.DONE;
        }
        missing.forEach(id -> say(LetterId.text(id) + ": no such letter"));
        int leftOut = missing.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
        if (dryRun) {
            screen.out().println("would try again " + Numbers.counted(stages.count(), "letter"));
            stages.counts().forEach((stage, count) -> screen.out()
                    .println("  " + Screen.plain(stage) + ": " + Numbers.count(count)));
            return leftOut;
        }
        long[] open = ids.build().sorted().toArray();
        return Math.max(leftOut, open.length == 0 ? show(before) : retry(directory, open, pipelines, before));
    }

    private int retry(Path directory, long[] ids, Set<String> pipelines, List<RetryRequest.Result> results)
            throws IOException {
        Optional<RunningStore> running = RunningStore.find(shell.runs(), directory);
        if (running.isPresent()) {
            results.addAll(retry(running.get(), ids));
            return show(results);
        }
        boolean isOfImages = pipelines.equals(Set.of(ImageRun.NAME));
        if (plan == null && !isOfImages) {
            throw options.wrong("--plan: missing, and no run writes to " + directory
                    + " (expected: the plan of the pipeline that the letters are of)");
        }
        LetterRun.Outcome outcome = plan == null
                ? ImageLetterRun.retry(shell, directory, ids)
                : new LetterRun(shell, plan, directory, pipelines).retry(ids);
        if (outcome.results().isEmpty()) {
            return outcome.exitCode();
        }
        results.addAll(outcome.results());
        return Math.max(outcome.exitCode(), show(results));
    }

    private List<RetryRequest.Result> retry(RunningStore running, long[] ids) throws IOException {
        List<RetryRequest.Result> results = new ArrayList<>();
        int step = rate == null ? ids.length : (int) Math.min(ids.length, rate);
        for (int from = 0; from < ids.length; from += step) {
            long[] part = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + step));
            long sentNs = System.nanoTime();
            List<String> requests = new ArrayList<>();
            for (String ranges : running.ranges(part)) {
                requests.add(running.retry(ranges));
            }
            for (String request : requests) {
                results.addAll(await(running, request));
            }
            long leftNs = TimeUnit.SECONDS.toNanos(1) - (System.nanoTime() - sentNs);
            if (rate != null && from + step < ids.length && leftNs > 0) {
                LockSupport.parkNanos(leftNs);
            }
        }
        return results;
    }

    private static List<RetryRequest.Result> await(RunningStore running, String request) throws IOException {
        Optional<List<RetryRequest.Result>> results = running.outcome(request);
        while (results.isEmpty()) {
            LockSupport.parkNanos(LOOK_NS);
            results = running.outcome(request);
        }
        return results.get();
    }

    private int show(List<RetryRequest.Result> results) {
        Map<RetryOutcome, Integer> counts = new EnumMap<>(RetryOutcome.class);
        for (RetryRequest.Result result : results) {
            counts.merge(result.outcome(), 1, Integer::sum);
            if (format == Format.JSON) {
                screen.out().println(json(result));
            } else if (result.outcome() != RetryOutcome.RESOLVED) {
                screen.out().println(LetterId.text(result.id()) + ": " + sentence(result));
            }
        }
        if (format == Format.TEXT) {
            int done = counts.getOrDefault(RetryOutcome.RESOLVED, 0);
            screen.out().println(Numbers.counted(results.size(), "letter") + ", " + Numbers.count(done) + " done with");
        }
        boolean isAllWell = counts.keySet().stream()
                .allMatch(outcome -> outcome == RetryOutcome.RESOLVED || outcome == RetryOutcome.DEALT_WITH_BEFORE);
        return isAllWell ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static String json(RetryRequest.Result result) {
        JsonText json = new JsonText().beginObject().name("id").string(LetterId.text(result.id()));
        json.name("outcome").string(result.outcome().name().toLowerCase(Locale.ROOT));
        json.name("state").string(LetterJson.word(result.state()));
        return json.endObject().toString();
    }

    private static String sentence(RetryRequest.Result result) {
        return switch (result.outcome()) {
            case RESOLVED -> "done with";
            case FAILED_AGAIN -> "has failed again; there is a new letter";
            case DEALT_WITH_BEFORE ->
                "was " + LetterJson.word(result.state()) + " before, at " + LetterJson.time(result.timeNs())
                        + "; nothing done";
            case UNDER_WAY -> "is being tried already";
            case NO_SUCH_LETTER -> "no such letter";
            case NO_SUCH_STAGE -> "the pipeline has no step or sink of that name to which letters can go back";
            case UNREADABLE -> "its event cannot be read by this pipeline";
            case NO_WAY_BACK ->
                "not tried: a pipeline whose input may be dropped (when_full) takes no letters back; stop it, then give its plan by --plan";
            case NOT_TRIED -> "not tried: the pipeline has ended";
            case NOT_KNOWN -> "tried, and the pipeline has ended before it was sure; it is still open";
        };
    }

    private void say(String text) {
        screen.err().println("ringmain dlq: " + text);
        screen.err().flush();
    }
}
