package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.logs.step.Window;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the specs of options allow can be built, and what stands just beyond is a diagnostic. */
@Timeout(60)
class OptionBoundsTest {

    private static final Surroundings NOWHERE = new Surroundings(
            InputStream.nullInputStream(),
            new StandardOutput(OutputStream.nullOutputStream(), false),
            "localhost",
            () -> 0,
            () -> 0);

    private static final String WINDOW = "{parse: combined}, {window: {%s, compute: {events: count()}}}";

    /** The plans with one option at the least and at the most that it may be. */
    static Stream<String> plansAtTheirBounds() {
        List<String> plans = new ArrayList<>();
        for (Kind kind : Kinds.all()) {
            for (OptionSpec spec : kind.options()) {
                // What an offset may be at most, the slide says.
                if (isAmount(spec) && !spec.name().equals("offset")) {
                    plans.add(plan(kind, spec, Amount.text(spec.type(), spec.min())));
                    plans.add(plan(kind, spec, Amount.text(spec.type(), spec.max())));
                }
            }
        }
        for (OptionSpec spec : List.of(
                FateReader.RETRY,
                FateReader.BACKOFF,
                FateReader.CAP,
                FateReader.WITHIN,
                LettersReader.CAPACITY,
                SettingsReader.DRAIN_WITHIN)) {
            plans.add(planWith(spec, Amount.text(spec.type(), spec.min())));
            plans.add(planWith(spec, Amount.text(spec.type(), spec.max())));
        }
        for (OptionSpec spec : List.of(Spread.MIN, Spread.MAX, Spread.LANES)) {
            plans.add(planWithSpread(spec, spec.min()));
            plans.add(planWithSpread(spec, spec.max()));
        }
        for (OptionSpec spec : Overflow.ADAPTIVE_SAMPLE.options()) {
            plans.add(planWithOverflow(Overflow.ADAPTIVE_SAMPLE, spec, spec.min()));
            plans.add(planWithOverflow(Overflow.ADAPTIVE_SAMPLE, spec, spec.max()));
        }
        for (Overflow overflow : List.of(Overflow.BLOCK_FOR, Overflow.SAMPLE)) {
            OptionSpec spec = overflow.shortForm().orElseThrow();
            plans.add(planWithOverflow(overflow, spec, spec.min()));
            plans.add(planWithOverflow(overflow, spec, spec.max()));
        }
        return plans.stream();
    }

    private static boolean isAmount(OptionSpec spec) {
        return switch (spec.type()) {
            case NUMBER, SIZE, DURATION, SHARE, FACTOR -> true;
            default -> false;
        };
    }

    private static String plan(Kind kind, OptionSpec spec, String value) {
        String option = spec.name() + ": " + value;
        return switch (kind.role()) {
            case SOURCE -> {
                String path = kind.name().equals("file") ? ", path: access.log" : "";
                String step = spec.equals(SourceKind.DISORDER) ? WINDOW.formatted("every: 1m") : "{take: 1}";
                yield plan("{type: " + kind.name() + path + ", " + option + '}', step, "when_failed: skip\n");
            }
            case STEP -> {
                if (kind instanceof WindowKind) {
                    yield plan("{type: stdin}", WINDOW.formatted(windowWith(spec, value)), "when_failed: skip\n");
                }
                if (kind instanceof AlertKind) {
                    String step = ", {alert: {field: events, " + alertWith(spec) + option + "}}";
                    yield plan("{type: stdin}", WINDOW.formatted("every: 1m") + step, "when_failed: skip\n");
                }
                String more =
                        switch (kind.name()) {
                            case "detect" -> "field: line, ";
                            case "parse" -> "format: regex, pattern: '(?<message>.*)', ";
                            case "aggregate" -> "compute: {events: count()}, ";
                            case "throttle" -> spec.name().equals("burst") ? "per_second: 1, " : "";
                            default -> "";
                        };
                yield plan("{type: stdin}", "{" + kind.name() + ": {" + more + option + "}}", "when_failed: skip\n");
            }
            case SINK -> {
                String path = kind.name().equals("file") ? ", path: out.log" : "";
                yield """
                        sources: {in: {type: stdin}}
                        sinks: {out: {type: %s%s, when_full: block, %s}}
                        when_failed: skip
                        """.formatted(kind.name(), path, option);
            }
        };
    }

    private static String alertWith(OptionSpec spec) {
        return switch (spec.name()) {
            case "above" -> "";
            case "min_samples" -> "above: 2, windows: 1000, ";
            case "weight" -> "above: 2, baseline: ewma, ";
            default -> "above: 2, ";
        };
    }

    /** Windows and what lies between their starts bound each other. */
    private static String windowWith(OptionSpec spec, String value) {
        String option = spec.name() + ": " + value;
        return switch (spec.name()) {
            case "every" -> option;
            case "slide" -> "every: " + value + ", " + option;
            case "gap", "count", "emit" -> option;
            default -> "every: 1m, " + option;
        };
    }

    private static String planWithSpread(OptionSpec spec, long value) {
        String option = spec.name() + ": " + value;
        String spread =
                switch (spec.name()) {
                    case "lanes" -> "partition: {by: line, " + option + '}';
                    case "min" -> "pool: {max: " + spec.max() + ", " + option + '}';
                    default -> "pool: {" + option + '}';
                };
        return plan("{type: stdin}", "{parse: level, " + spread + '}', "when_failed: skip\n");
    }

    private static String planWithOverflow(Overflow overflow, OptionSpec spec, long value) {
        String other =
                switch (spec.name()) {
                    case "busy_at" -> "crowded_at: 1, ";
                    case "crowded_at" -> "busy_at: 0, ";
                    default -> "";
                };
        String option = spec.name() + ": " + Amount.text(spec.type(), value);
        String settings = "when_failed: skip\nwhen_full: {" + overflow.word() + ": {" + other + option + "}}\n";
        return plan("{type: stdin}", "{take: 1}", settings);
    }

    private static String planWith(OptionSpec spec, String value) {
        String option = spec.name() + ": " + value;
        String settings =
                switch (spec.name()) {
                    case "retry" -> "when_failed: {" + option + ", then: stop}\n";
                    case "cap" -> "when_failed: {retry: 1, then: stop, backoff: 1ns, " + option + "}\n";
                    case "within", "backoff" -> "when_failed: {retry: 1, then: stop, " + option + "}\n";
                    case "capacity" -> "when_failed: dead_letter\ndead_letters: {" + option + "}\n";
                    default -> "when_failed: stop\n" + option + '\n';
                };
        return plan("{type: stdin}", "{take: 1}", settings);
    }

    private static String plan(String source, String step, String settings) {
        return "sources: {in: " + source + "}\nsteps: [" + step + "]\nsinks: {out: {type: discard}}\n" + settings;
    }

    @ParameterizedTest
    @MethodSource("plansAtTheirBounds")
    void whatIsAllowedCanBeBuilt(String text) {
        Reading reading = PlanTexts.read(text);

        assertThat(Diagnostics.render(reading.problems())).isEmpty();
        Plan plan = reading.plan().orElseThrow();
        Pipeline<LogEvent> pipeline =
                PlanPipeline.build(plan, NOWHERE, true, new NoInput(plan)).pipeline();
        assertThat(pipeline.start().drain(plan.settings().drainWithin()).left()).isEmpty();
    }

    /** Sources are built, and end at once; sinks take nothing. */
    private record NoInput(Plan plan) implements StandIns {

        @Override
        public Optional<Source<LogEvent>> source(Part part) {
            Keys keys = new Keys();
            Site site = new Site(keys, Schema.LINES, false, false, Window.timestamp(), NOWHERE, new Findings(keys));
            assertThat(((SourceKind) part.kind()).source(part, LineOptions.settings(part, plan), site))
                    .isNotNull();
            return Optional.of((intake, max) -> Source.Status.END);
        }

        /** No file is made. */
        @Override
        public Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
            return Optional.of(batch -> {});
        }
    }

    @Test
    void theBoundsOfAllKindsAreLookedAt() {
        assertThat(plansAtTheirBounds()).hasSizeGreaterThanOrEqualTo(36).doesNotHaveDuplicates();
    }
}
