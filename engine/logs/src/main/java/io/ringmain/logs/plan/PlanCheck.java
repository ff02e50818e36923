package io.ringmain.logs.plan;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Walks through a plan from source to sink, knows the fields at each place, and reports what does not fit. */
final class PlanCheck {

    /** What events have before the first step. */
    private static final Schema FIRST =
            Schema.LINES.with(Keys.SOURCE_NAME, FieldType.TEXT).with(Keys.SOURCE_TYPE, FieldType.TEXT);

    private final Plan plan;
    private final Problems problems;
    // By place: the schema before the first step and behind each step, as far as the check has come.
    private final List<Schema> behind = new ArrayList<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> given = new HashSet<>(FIRST.types().keySet());
    private final Set<String> named = new HashSet<>();

    PlanCheck(Plan plan, Problems problems) {
        this.plan = plan;
        this.problems = problems;
    }

    /**
     * The fields that the plan asks for where only the lines can tell whether they are there, and that no step gives; known when the check
     * has run.
     */
    Set<String> sought() {
        Set<String> sought = new LinkedHashSet<>(asked);
        sought.removeAll(given);
        return sought;
    }

    /**
     * Whether events say which source they are from: where there are several, or the plan names such a field. Else the fields would be the same on
     * every line that is written. Known when the check has run.
     */
    boolean tellsOrigin() {
        return plan.sources().size() > 1 || named.contains(Keys.SOURCE_NAME) || named.contains(Keys.SOURCE_TYPE);
    }

    /** Returns the schema before the first step and behind each step; reports what is wrong. */
    List<Schema> run() {
        plan.sources().forEach(source -> check(source, 0, FIRST));
        checkThatStdinIsReadOnce();
        checkThatPoliciesAgree();
        behind.add(FIRST);
        for (int i = 0; i < plan.steps().size(); i++) {
            behind.add(check(plan.steps().get(i), i, behind.get(i)));
        }
        boolean sound = true;
        for (Part sink : plan.sinks()) {
            Optional<Integer> place = place(sink);
            sound &= place.isPresent();
            check(
                    sink,
                    place.orElse(plan.steps().size()),
                    place.map(behind::get).orElse(UnknownStep.ANYTHING));
        }
        int last = plan.steps().size();
        new RoutesCheck(plan, problems).run(at(last, behind.get(last))).forEach(this::note);
        FileNames.check(plan, problems);
        new CheckpointCheck(plan, problems).run();
        Disorder.check(plan, problems);
        if (sound && !plan.sinks().isEmpty()) {
            checkThatResultsAreWanted();
        }
        return List.copyOf(behind);
    }

    /** Two readers of one stream would tear its lines. */
    private void checkThatStdinIsReadOnce() {
        plan.sources().stream()
                .filter(source -> source.kind() instanceof StdinKind)
                .skip(1)
                .forEach(source -> problems.add(
                        source.options().mark(),
                        source.options().path(),
                        "another stdin (expected: one in a plan)",
                        "remove it; two readers would tear the lines of one stream"));
    }

    /** What waits in a room was let in by the one policy that chooses among all that wait there. */
    private void checkThatPoliciesAgree() {
        if (!plan.settings().whenFull().hasRoom()) {
            return;
        }
        String word = Overflow.of(plan.settings().whenFull()).word();
        for (Part source : plan.sources()) {
            if (source.options().has(SourceKind.WHEN_FULL)) {
                problems.add(
                        source.options().mark(SourceKind.WHEN_FULL),
                        source.options().path(SourceKind.WHEN_FULL),
                        "beside when_full: " + word + " for all sources (expected: " + Words.or(Overflow.OF_SOURCES)
                                + " there)",
                        "remove it; " + word + " chooses among what waits of all sources");
            }
        }
    }

    /** Checks a part that stands behind {@code place} steps. */
    private Schema check(Part part, int place, Schema schema) {
        Kind kind = part.kind();
        Set<OptionSpec> wrong = OptionCheck.check(part.options(), kind.options(), problems);
        Scope scope = new Scope(part, at(place, schema), wrong, problems);
        for (OptionSpec spec : kind.options()) {
            if (spec.type() == OptionType.CONDITION) {
                scope.texts(spec).forEach(scope::checkCondition);
            } else if (spec.type() == OptionType.POLICY && scope.usable(spec)) {
                OverflowReader.read(spec, part.options())
                        .filter(chosen -> chosen.overflow() == Overflow.SHED)
                        .ifPresent(chosen -> scope.checkPriority(chosen.by()));
            }
        }
        if (scope.usable(SinkKind.BOUND) && !part.options().has(SinkKind.WHEN_FULL)) {
            scope.problem(
                    SinkKind.BOUND,
                    "without a ring of its own (expected: beside when_full)",
                    "add when_full: block, or remove it");
        }
        if (kind instanceof SinkKind) {
            OwnDelivery.check(scope, problems);
        }
        Schema behind = kind.check(scope);
        part.spread().ifPresent(spread -> checkKey(part, spread, at(place, schema)));
        note(scope);
        return behind;
    }

    private void note(Scope scope) {
        named.addAll(scope.named());
        asked.addAll(scope.asked());
        given.addAll(scope.given());
    }

    /** A key is made of what events have before the step. */
    private void checkKey(Part part, Spread spread, Scope.Place place) {
        Scope scope = new Scope(spread.options(), Role.STEP, place, Set.of(), problems);
        if (spread.way() == Spread.Way.OWN_KEYS) {
            if (!WindowKind.isAtFixedPlaces(part.options())) {
                scope.problem(
                        "lanes for windows that follow the events (expected: beside a "
                                + part.kind().name() + " with every)",
                        "remove it: one lane has them all");
            } else if (!part.options().has(Totals.BY)) {
                scope.problem(
                        "lanes without keys to share (expected: beside a "
                                + part.kind().name() + " with by)",
                        "remove it, or add by: one lane would have all events");
            }
        } else if (spread.way() == Spread.Way.PARTITION) {
            List<Written> known = scope.texts(Spread.BY).stream()
                    .filter(field -> scope.field(field, place.schema()).isPresent())
                    .toList();
            checkSeries(part, scope, known);
        }
        note(scope);
    }

    /** What a step learns of a series is kept with the key: all its events must have the same one. */
    private static void checkSeries(Part part, Scope scope, List<Written> by) {
        if (!(part.kind() instanceof StageKind stage)) {
            return;
        }
        stage.series(part, scope.groupedBy()).ifPresent(series -> by.stream()
                .filter(field -> !series.contains(field.text()))
                .forEach(field -> scope.problem(
                        field,
                        field.text() + " does not tell its series apart (expected: "
                                + (series.isEmpty() ? "nothing, as all events are one" : Words.or(series)) + ')',
                        "else events of a series meet different lanes, each of which judges by its own"
                                + (series.isEmpty() ? "; remove partition" : ""))));
    }

    private boolean isParsed(int place) {
        return plan.steps().stream().limit(place).anyMatch(step -> step.kind() instanceof ParseKind);
    }

    /** The place behind {@code place} steps, where events have the fields of {@code schema}. */
    private Scope.Place at(int place, Schema schema) {
        for (int i = place - 1; i >= 0; i--) {
            Part step = plan.steps().get(i);
            if (step.kind() instanceof StepKind kind && kind.givesResults()) {
                return new Scope.Place(
                        schema,
                        isParsed(place),
                        kind.name(),
                        behind.get(i),
                        step.options().texts(Totals.BY));
            }
        }
        return new Scope.Place(schema, isParsed(place), "", Schema.NOTHING, List.of());
    }

    /** Behind how many steps a sink stands; empty if it names a step that is not there. */
    private Optional<Integer> place(Part sink) {
        int place = place(plan, sink);
        if (place >= 0) {
            return Optional.of(place);
        }
        Options options = sink.options();
        List<String> names = plan.steps().stream()
                .flatMap(step -> LateEvents.mayCome(step)
                        ? Stream.of(step.name(), LateEvents.after(step))
                        : Stream.of(step.name()))
                .toList();
        if (!options.texts(SinkKind.AFTER).isEmpty()) {
            String after = options.text(SinkKind.AFTER);
            Optional<Part> punctual = plan.steps().stream()
                    .filter(step -> step.kind() instanceof WindowKind && after.equals(LateEvents.after(step)))
                    .findFirst();
            if (punctual.isPresent()) {
                problems.add(
                        options.mark(SinkKind.AFTER),
                        options.path(SinkKind.AFTER),
                        "no event comes too late for " + punctual.get().name()
                                + ", which asks for no time of events, or has no end",
                        "remove the sink");
                return Optional.empty();
            }
            problems.add(
                    options.mark(SinkKind.AFTER),
                    options.path(SinkKind.AFTER),
                    "no step " + after + " (expected: "
                            + (names.isEmpty() ? "nothing, as there are no steps" : Words.or(names)) + ')',
                    Problems.didYouMean(after, names, "remove it for what leaves the last step"));
        }
        return Optional.empty();
    }

    /** Behind how many steps {@code sink} stands, -1 if it names a step that is not there. */
    static int place(Plan plan, Part sink) {
        if (!sink.options().has(SinkKind.AFTER)) {
            return plan.steps().size();
        }
        String after = sink.options().text(SinkKind.AFTER);
        for (int i = 0; i < plan.steps().size(); i++) {
            Part step = plan.steps().get(i);
            if (step.name().equals(after)) {
                return i + 1;
            }
            if (LateEvents.isFor(sink, step)) {
                return i;
            }
        }
        return -1;
    }

    /** A step whose work no sink sees is a mistake, except that an aggregate's results are in the report. */
    private void checkThatResultsAreWanted() {
        int last =
                plan.sinks().stream().mapToInt(sink -> place(plan, sink)).max().orElse(0);
        for (int i = plan.steps().size(); i > last; i--) {
            Part step = plan.steps().get(i - 1);
            if (step.kind() instanceof StepKind kind && kind.isReported()) {
                return;
            }
            problems.add(
                    step.options().mark(),
                    step.options().path(),
                    "no sink is given what leaves it (expected: one without after, or after " + step.name() + ')',
                    "remove the step, or change the after: of a sink");
        }
    }
}
