package io.ringmain.logs.plan;

import io.ringmain.logs.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What a part of a plan can be: its name, its options, what it checks, and how it is built. One class per kind; see {@link Kinds}.
 *
 * <p>Thread: any; a kind keeps nothing.
 */
public abstract sealed class Kind permits SourceKind, StepKind, SinkKind {

    private final Role role;
    private final String name;
    private final String sentence;
    private final List<OptionSpec> options;

    Kind(Role role, String name, String sentence, List<OptionSpec> options) {
        this.role = role;
        this.name = name;
        this.sentence = sentence;
        this.options = List.copyOf(options);
    }

    /** What parts of this kind do. */
    public final Role role() {
        return role;
    }

    /** The word that plans use. */
    public final String name() {
        return name;
    }

    /** What it does, in a sentence. */
    public final String sentence() {
        return sentence;
    }

    /** What can be said about it. */
    public final List<OptionSpec> options() {
        return options;
    }

    /** The option that may stand alone behind the kind's name, as in {@code take: 100}. */
    public Optional<OptionSpec> shortForm() {
        return Optional.empty();
    }

    /** The ways in which its work may be spread; none for sources and sinks. */
    public List<Spread.Way> spreads() {
        return List.of();
    }

    /** A part of this kind as it would be written in a plan, in one or more lines. */
    public abstract String example();

    /**
     * Checks what goes beyond single options, and the fields. Options that are wrong in themselves have been reported: ask
     * {@link Scope#usable}.
     *
     * @return the fields behind this part
     */
    Schema check(Scope scope) {
        return scope.schema();
    }

    @Override
    public final String toString() {
        return role.word() + ' ' + name;
    }
}
