package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pipeline of logs as data, checked: what it says can be built. Made by {@link PlanFile} or by {@link #builder}.
 *
 * <p>Thread: any; it does not change.
 *
 * @param name the pipeline's name
 * @param sources where events come from, at least one
 * @param steps what happens to them, in this order
 * @param sinks where they go to, at least one
 * @param routes on which ways events part behind the last step; sinks on none are given all of them
 * @param settings what holds for all
 */
public record Plan(
        String name, List<Part> sources, List<Part> steps, List<Part> sinks, List<Route> routes, Settings settings) {

    /** Checks that nothing is missing. */
    public Plan {
        requireNonNull(name, "name");
        sources = List.copyOf(sources);
        steps = List.copyOf(steps);
        sinks = List.copyOf(sinks);
        routes = List.copyOf(routes);
        requireNonNull(settings, "settings");
    }

    /** Begins a plan in Java. */
    public static PlanBuilder builder(String name) {
        return new PlanBuilder(requireNonNull(name, "name"));
    }

    /** All parts: sources, steps, sinks. */
    public List<Part> parts() {
        return Stream.of(sources, steps, sinks).flatMap(List::stream).toList();
    }

    /** The directory in which a run keeps where it stands; empty if it does not. */
    public Optional<Path> checkpoints() {
        return CheckpointCheck.directory(this);
    }

    /** Whether failed events may become dead letters, of the pipeline or of a sink. */
    public boolean keepsLetters() {
        return settings.whenFailed().buries() || sinks.stream().anyMatch(OwnDelivery::mayBury);
    }

    /** How many bytes of lines, read and not yet done with, all its sources hold together at most. */
    public long lineBytesMax() {
        return sources.stream()
                .mapToLong(source -> LineOptions.settings(source, this).poolBytes())
                .sum();
    }
}
