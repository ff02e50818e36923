package io.ringmain.cli.trial;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.cli.rows.RowSink;
import io.ringmain.cli.trial.Verdict.Difference;
import io.ringmain.config.WhenFull;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.PlanPipeline;
import io.ringmain.logs.plan.StandIns;
import io.ringmain.logs.plan.Surroundings;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.testing.ManualClock;
import io.ringmain.testing.StepRunner;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs one case: the plan's own pipeline, but its sources give the case's lines and its sinks only collect. */
final class Trial implements StandIns {

    /** Small, so that it is made quickly, and full often. */
    private static final int BOUND = 64;

    private final Plan plan;
    private final Case wanted;
    private final ManualClock clock = new ManualClock();
    private final StepRunner runner = new StepRunner(1, clock);
    private final Map<String, CaseSource> sources = new HashMap<>();
    private final Map<String, RowSink> sinks = new LinkedHashMap<>();

    Trial(Plan plan, Case wanted) {
        this.plan = plan;
        this.wanted = wanted;
    }

    @Override
    public Optional<Source<LogEvent>> source(Part part) {
        CaseSource source = new CaseSource(wanted.input().getOrDefault(part.name(), List.of()), clock);
        sources.put(part.name(), source);
        return Optional.of(source);
    }

    @Override
    public Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
        RowSink sink = new RowSink(keys);
        sinks.put(part.name(), sink);
        return Optional.of(sink);
    }

    @Override
    public boolean keepsState() {
        return false;
    }

    /** A case leaves no file. What a spill would keep is held back, which comes to the same. */
    @Override
    public WhenFull whenFull(WhenFull asked) {
        return asked instanceof WhenFull.Spill ? WhenFull.block() : asked;
    }

    @Override
    public Optional<Runner> runner() {
        return Optional.of(runner);
    }

    @Override
    public OptionalInt bound() {
        return OptionalInt.of(BOUND);
    }

    Verdict run() {
        long startNs = System.nanoTime();
        Surroundings surroundings = new Surroundings(
                InputStream.nullInputStream(),
                new StandardOutput(OutputStream.nullOutputStream(), false),
                "localhost",
                () -> wanted.nowNs() + clock.nowNs(),
                clock::nowNs);
        PlanPipeline built = PlanPipeline.build(plan, surroundings, true, this);
        Report report;
        try (Pipeline<LogEvent> pipeline = built.pipeline().start()) {
            report = pipeline.await();
        }
        List<Difference> differences = compare(report, built);
        return new Verdict(wanted.name(), wanted.mark(), (System.nanoTime() - startNs) / 1e9, differences);
    }

    private List<Difference> compare(Report report, PlanPipeline built) {
        Comparison comparison = new Comparison(wanted.mark());
        comparison.failure(wanted.fails(), report);
        wanted.outputs().forEach((sink, expected) -> {
            RowSink given = sinks.get(sink);
            if (given != null) {
                comparison.rows("outputs." + sink, expected, given.rows());
            }
        });
        wanted.rows()
                .forEach((step, expected) -> comparison.results(
                        "result." + step, expected, built.rows().getOrDefault(step, List.of())));
        if (wanted.deadLetters() != null) {
            comparison.letters(wanted.deadLetters(), letters(built));
        }
        comparison.accounts(wanted.accounts(), report.accounts());
        return comparison.differences();
    }

    private List<Map<String, Object>> letters(PlanPipeline built) {
        return built.letters().letters().stream()
                .sorted(Comparator.comparing(DeadLetter::source).thenComparing(DeadLetter::position))
                .map(this::shown)
                .toList();
    }

    private Map<String, Object> shown(DeadLetter letter) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("stage", letter.stage());
        shown.put("reason", letter.reason());
        CaseSource source = sources.get(letter.source());
        shown.put("line", source == null ? "" : source.line(letter.position()));
        return shown;
    }
}
