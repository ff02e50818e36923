package io.ringmain.logs.plan;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.step.Alerts;
import io.ringmain.logs.step.WindowSpec;
import io.ringmain.spi.Stage;
import io.ringmain.window.AnomalyRule;
import io.ringmain.window.AnomalyRules;
import io.ringmain.window.Baseline;
import io.ringmain.window.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code alert}: marks windows that are unusual. */
final class AlertKind extends StageKind {

    private static final OptionSpec ABOVE = OptionSpec.of(
                    "above",
                    OptionType.FACTOR,
                    "3",
                    "How many times what is usual is too much; with median, how many deviations above it.")
            .required()
            .between(1, 1_000_000 * Amount.WHOLE);

    private static final OptionSpec BASELINE = OptionSpec.choice(
                    "baseline",
                    List.of("mean", "median", "ewma", "hour_of_day", "first"),
                    "What is usual, of the windows before: mean or median of the last ones; ewma, a mean in which newer ones count more;"
                            + " hour_of_day, the same for each hour of the day (UTC); the first one.")
            .defaulting("mean");

    private static final OptionSpec WINDOWS = OptionSpec.of(
                    "windows", OptionType.NUMBER, "60", "How many windows mean and median are of.")
            .defaulting("20")
            .between(1, Baseline.WINDOWS_MAX);

    private static final OptionSpec WEIGHT = OptionSpec.of(
                    "weight", OptionType.SHARE, "0.3", "What the newest window counts in ewma and hour_of_day.")
            .defaulting("0.1")
            .between(1, Amount.WHOLE);

    private static final OptionSpec MIN_SAMPLES = OptionSpec.of(
                    "min_samples",
                    OptionType.NUMBER,
                    "10",
                    "How many windows of its group must have come before one is judged; with hour_of_day, of the same hour.")
            .defaulting("5")
            .between(1, Baseline.WINDOWS_MAX);

    private static final OptionSpec SEVERITY = OptionSpec.choice(
                    "severity", List.of("critical", "high", "medium", "low"), "How bad that is.")
            .defaulting("critical");

    private static final OptionSpec GROUPS_MAX = Judged.groupsMax(
            AnomalyRules.KEYS_MAX_DEFAULT,
            "How many groups have a baseline; windows of the rest are not judged, but counted. Beside partition so many for each of 128 groups of keys.");

    /** What a mark says, and what each field of it is. */
    private static final Map<String, FieldType> MARK = new LinkedHashMap<>();

    static {
        MARK.put(Alerts.FIELD, FieldType.TEXT);
        MARK.put(Alerts.VALUE, FieldType.NUMBER);
        MARK.put(Alerts.BASELINE, FieldType.NUMBER);
        MARK.put(Alerts.SEVERITY, FieldType.TEXT);
        MARK.put(Alerts.REASON, FieldType.TEXT);
    }

    AlertKind() {
        super(
                "alert",
                "Marks windows in which a field is unusual for their group, with field, value, baseline, severity and reason; all go on, and a worse mark holds.",
                List.of(Judged.FIELD, ABOVE, BASELINE, WINDOWS, WEIGHT, MIN_SAMPLES, SEVERITY, GROUPS_MAX));
    }

    @Override
    public String example() {
        return "- alert: {field: requests, above: 3, severity: high}";
    }

    @Override
    boolean remembers() {
        return true;
    }

    @Override
    Optional<List<String>> series(Part part, List<String> groupedBy) {
        return Optional.of(groupedBy);
    }

    @Override
    Schema check(Scope scope) {
        if (!scope.taker().equals("window")
                || scope.schema().typeOf(WindowSpec.START).isEmpty()) {
            scope.problem(
                    "no windows here (expected: behind a window, with " + WindowSpec.START + ')',
                    "before it: - window: {every: 1m, compute: {requests: count()}}");
            return UnknownStep.ANYTHING;
        }
        Judged.checkField(scope);
        checkGroups(scope);
        checkMark(scope);
        checkBaseline(scope);
        Schema marked = scope.schema();
        for (Map.Entry<String, FieldType> field : MARK.entrySet()) {
            marked = marked.with(field.getKey(), field.getValue());
            scope.give(field.getKey());
        }
        return marked;
    }

    private static void checkGroups(Scope scope) {
        for (String key : scope.groupedBy()) {
            if (scope.schema().typeOf(key).isEmpty()) {
                scope.problem(
                        key + " is gone, which tells the windows apart (expected: all of by)",
                        "put this step before the one that renames or removes it");
            }
        }
    }

    /** Another alert before this one has made the same fields. */
    private static void checkMark(Scope scope) {
        Set<String> there = scope.schema().types().keySet();
        if (there.containsAll(MARK.keySet())) {
            return;
        }
        for (String name : MARK.keySet()) {
            if (there.contains(name)) {
                scope.problem(
                        name + " is in the row already (expected: free for the mark)",
                        "call it something else in the window, or before it with enrich: {rename: …}");
            }
        }
    }

    private static void checkBaseline(Scope scope) {
        if (!scope.isRight(BASELINE)) {
            return;
        }
        Options options = scope.options();
        String baseline = options.text(BASELINE);
        boolean isOfLast = isOfLast(baseline);
        refuse(scope, WINDOWS, !isOfLast, "mean or median");
        refuse(scope, WEIGHT, isOfLast || baseline.equals("first"), "ewma or hour_of_day");
        boolean isTooMany = isOfLast
                && scope.usable(MIN_SAMPLES)
                && scope.isRight(WINDOWS)
                && options.number(MIN_SAMPLES) > options.number(WINDOWS);
        if (isTooMany) {
            scope.problem(
                    MIN_SAMPLES,
                    options.text(MIN_SAMPLES) + " (expected: <= windows, which is " + options.number(WINDOWS) + ')',
                    baseline + " remembers no more; raise windows, or lower this");
        }
    }

    private static void refuse(Scope scope, OptionSpec spec, boolean isWrong, String where) {
        if (isWrong && scope.options().has(spec)) {
            String baseline = scope.options().text(BASELINE);
            scope.problem(
                    spec,
                    "says nothing with baseline: " + baseline + " (expected: beside " + where + ')',
                    "remove it, or choose another baseline");
        }
    }

    private static boolean isOfLast(String baseline) {
        return baseline.equals("mean") || baseline.equals("median");
    }

    private static Baseline baseline(Options options) {
        int windows = (int) options.number(WINDOWS);
        return switch (options.text(BASELINE)) {
            case "mean" -> Baseline.mean(windows);
            case "median" -> Baseline.median(windows);
            case "ewma" -> Baseline.ewma(options.share(WEIGHT));
            case "hour_of_day" -> Baseline.hourOfDay(options.share(WEIGHT));
            default -> Baseline.first();
        };
    }

    private static AnomalyRule rule(Options options) {
        long samplesMin = options.number(MIN_SAMPLES);
        if (isOfLast(options.text(BASELINE))) {
            // The default is more than a few windows have.
            samplesMin = Math.min(samplesMin, options.number(WINDOWS));
        }
        return new AnomalyRule(
                options.text(Judged.FIELD),
                options.share(ABOVE),
                baseline(options),
                (int) samplesMin,
                Severity.valueOf(options.text(SEVERITY).toUpperCase(Locale.ROOT)));
    }

    @Override
    Stage<LogEvent> stage(Part part, Site site) {
        Options options = part.options();
        Alerts alerts =
                new Alerts(site.keys(), site.findings().groupedBy(), rule(options), (int) options.number(GROUPS_MAX));
        site.findings().judging(part.name(), alerts::unjudged);
        return alerts;
    }
}
