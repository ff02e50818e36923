package io.ringmain.logs.plan;

import java.util.List;
import java.util.Optional;

/** All kinds of parts that plans know. Thread: any. */
public final class Kinds {

    private static final List<Kind> ALL = List.of(
            new FileSourceKind(),
            new StdinKind(),
            new GenerateKind(),
            new ParseKind(),
            new FilterKind(),
            new EnrichKind(),
            new AggregateKind(),
            new WindowKind(),
            new AlertKind(),
            new DetectKind(),
            new BatchKind(),
            new TakeKind(),
            new SampleKind(),
            new ThrottleKind(),
            new ConsoleKind(),
            new FileSinkKind(),
            new DiscardKind());

    private Kinds() {}

    /** All kinds: sources, steps, sinks. */
    public static List<Kind> all() {
        return ALL;
    }

    /** The kinds of one role. */
    public static List<Kind> all(Role role) {
        return ALL.stream().filter(kind -> kind.role() == role).toList();
    }

    /** The kind that plans call {@code name} in this role. */
    public static Optional<Kind> find(Role role, String name) {
        return all(role).stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    /** The names of the kinds of one role. */
    static List<String> names(Role role) {
        return all(role).stream().map(Kind::name).toList();
    }
}
