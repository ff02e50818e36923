package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan in Java, with the words of a plan's file: kinds and options by name, options as texts, numbers, lists and maps.
 *
 * <p>Thread: one.
 */
public final class PlanBuilder {

    private final Map<String, Object> plan = new LinkedHashMap<>();
    private final Map<String, Object> sources = new LinkedHashMap<>();
    private final Map<String, Object> letters = new LinkedHashMap<>();
    private final List<Map<String, Object>> steps = new ArrayList<>();
    private final Map<String, Object> sinks = new LinkedHashMap<>();
    private final List<Object> routes = new ArrayList<>();
    private @Nullable WhenFailed whenFailed;
    private @Nullable WhenFull whenFull;

    PlanBuilder(String name) {
        plan.put(SettingsReader.NAME.name(), name);
        plan.put(Role.SOURCE.section(), sources);
        plan.put(Role.STEP.section(), steps);
        plan.put(Role.SINK.section(), sinks);
        plan.put(RoutesReader.ROUTES, routes);
    }

    /** Adds a source. */
    public PlanBuilder source(String name, String kind, Map<String, ?> options) {
        put(sources, Role.SOURCE, name, typed(kind, options));
        return this;
    }

    /** Adds a step that is named after its kind; {@code options} is a map, or the value of the kind's short form. */
    public PlanBuilder step(String kind, Object options) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put(requireNonNull(kind, "kind"), requireNonNull(options, "options"));
        steps.add(step);
        return this;
    }

    /** Adds a step with a name of its own; {@code options} as in {@link #step(String, Object)}. */
    public PlanBuilder step(String name, String kind, Object options) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put(requireNonNull(kind, "kind"), requireNonNull(options, "options"));
        step.put(PlanReader.NAME, requireNonNull(name, "name"));
        steps.add(step);
        return this;
    }

    /**
     * Gives the last step workers, from {@code min} to {@code max}; see {@link Spread.Way#POOL}.
     *
     * @throws IllegalStateException if there is no step
     */
    public PlanBuilder pool(int min, int max) {
        return spread(Spread.Way.POOL, Map.of(Spread.MIN.name(), min, Spread.MAX.name(), max));
    }

    /**
     * Gives the last step lanes, which share the events by the values of the fields {@code by}; see {@link Spread.Way#PARTITION}.
     *
     * @throws IllegalStateException if there is no step
     */
    public PlanBuilder partition(List<String> by, int lanes) {
        return spread(Spread.Way.PARTITION, Map.of(Spread.BY.name(), List.copyOf(by), Spread.LANES.name(), lanes));
    }

    /**
     * Gives the last step, which goes by keys of its own, lanes that share the events; see {@link Spread.Way#OWN_KEYS}.
     *
     * @throws IllegalStateException if there is no step
     */
    public PlanBuilder partition(int lanes) {
        return spread(Spread.Way.OWN_KEYS, Map.of(Spread.LANES.name(), lanes));
    }

    private PlanBuilder spread(Spread.Way way, Map<String, Object> options) {
        if (steps.isEmpty()) {
            throw new IllegalStateException(way.word() + ": no step (expected: behind the step that it is for)");
        }
        steps.get(steps.size() - 1).put(way.word(), options);
        return this;
    }

    /** Adds a sink. */
    public PlanBuilder sink(String name, String kind, Map<String, ?> options) {
        put(sinks, Role.SINK, name, typed(kind, options));
        return this;
    }

    /** Adds a route to {@code sinks}, for the events for which {@code when} holds and that no route before it took. */
    public PlanBuilder route(String when, List<String> sinks) {
        routes.add(Map.of(Route.WHEN.name(), requireNonNull(when, "when"), Route.TO.name(), List.copyOf(sinks)));
        return this;
    }

    /** Adds the last route, to {@code sinks}, for what no other takes. */
    public PlanBuilder otherwise(List<String> sinks) {
        routes.add(Map.of(Route.ELSE.name(), List.copyOf(sinks)));
        return this;
    }

    /**
     * Sets what happens to events that find the ring full; to hold back if not said.
     *
     * @throws IllegalArgumentException for shedding: a line has no priority before it is parsed; a sink behind that may shed
     */
    public PlanBuilder whenFull(WhenFull whenFull) {
        if (whenFull instanceof WhenFull.Shed<?>) {
            throw new IllegalArgumentException("whenFull: shed (expected: another policy); what a line matters is not"
                    + " known before it is parsed; give it to a sink behind parse, as its option when_full: shed");
        }
        this.whenFull = requireNonNull(whenFull, "whenFull");
        return this;
    }

    /** Sets what happens to events that fail. There is no default. */
    public PlanBuilder whenFailed(WhenFailed whenFailed) {
        this.whenFailed = requireNonNull(whenFailed, "whenFailed");
        // A file cannot say everything that this can, such as the longest pause; so the file's words only fill the
        // place.
        plan.put(SettingsReader.WHEN_FAILED.name(), whenFailed.buries() ? "dead_letter" : "stop");
        return this;
    }

    /** Sets how many dead letters are kept in memory. */
    public PlanBuilder lettersMax(int lettersMax) {
        return letters(LettersReader.CAPACITY, lettersMax);
    }

    /** Sets how many bytes they hold in all. */
    public PlanBuilder lettersBytesMax(long lettersBytesMax) {
        return letters(LettersReader.BYTES, lettersBytesMax);
    }

    private PlanBuilder letters(OptionSpec option, long value) {
        letters.put(option.name(), value);
        plan.put(LettersReader.DEAD_LETTERS, letters);
        return this;
    }

    /** Sets how long closing may take. */
    public PlanBuilder drainWithin(Duration drainWithin) {
        plan.put(SettingsReader.DRAIN_WITHIN.name(), drainWithin.toNanos() + "ns");
        return this;
    }

    /**
     * Checks and returns the plan.
     *
     * @throws PlanException with everything that is wrong
     */
    public Plan build() {
        Problems problems = new Problems();
        String name = String.valueOf(plan.get(SettingsReader.NAME.name()));
        Node root = Node.of(withoutEmpty());
        return new PlanReader(problems)
                .read(root, name)
                .map(this::withChosen)
                .orElseThrow(() -> new PlanException(name, problems.sorted()));
    }

    private Plan withChosen(Plan read) {
        Settings settings = read.settings();
        WhenFailed chosen = whenFailed == null ? settings.whenFailed() : whenFailed;
        return new Plan(
                read.name(),
                read.sources(),
                read.steps(),
                read.sinks(),
                read.routes(),
                new Settings(
                        whenFull == null ? settings.whenFull() : whenFull,
                        chosen,
                        settings.letters(),
                        settings.journal(),
                        settings.drainWithin()));
    }

    /** A list that is written must not be empty. */
    private Map<String, Object> withoutEmpty() {
        Map<String, Object> less = new LinkedHashMap<>(plan);
        less.values().removeIf(value -> (value == steps && steps.isEmpty()) || (value == routes && routes.isEmpty()));
        return less;
    }

    private static void put(Map<String, Object> parts, Role role, String name, Map<String, Object> options) {
        if (parts.putIfAbsent(requireNonNull(name, "name"), options) != null) {
            throw new IllegalArgumentException(role.section() + '.' + name + ": given twice (expected: once)");
        }
    }

    private static Map<String, Object> typed(String kind, Map<String, ?> options) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(PlanReader.TYPE, requireNonNull(kind, "kind"));
        all.putAll(options);
        return all;
    }
}
