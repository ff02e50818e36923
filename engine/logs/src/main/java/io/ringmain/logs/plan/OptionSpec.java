package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What there is to know about an option of a kind, said once: it is read, checked, described and put into the schema by this.
 *
 * @param name the name, in lower_snake_case
 * @param type what its value is
 * @param isRequired whether it must be given
 * @param defaultText the value that holds if it is not given, as it would be written; empty if there is none
 * @param example a value as it would be written
 * @param sentence what it does
 * @param choices the words of a {@link OptionType#CHOICE}, {@link OptionType#POLICY} or {@link OptionType#FATE}, else empty
 * @param members the options of a {@link OptionType#GROUP}, or of the mapping that a {@link OptionType#FATE} may be, else empty
 * @param min the least of a number, size (in bytes), duration (in nanoseconds), share or factor (in billionths)
 * @param max the most of a number, size, duration, share or factor
 */
public record OptionSpec(
        String name,
        OptionType type,
        boolean isRequired,
        String defaultText,
        String example,
        String sentence,
        List<String> choices,
        List<OptionSpec> members,
        long min,
        long max) {

    /** Checks that nothing is missing. */
    public OptionSpec {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(defaultText, "defaultText");
        requireNonNull(example, "example");
        requireNonNull(sentence, "sentence");
        choices = List.copyOf(choices);
        members = List.copyOf(members);
    }

    /** Returns an optional option without default. */
    public static OptionSpec of(String name, OptionType type, String example, String sentence) {
        return new OptionSpec(name, type, false, "", example, sentence, List.of(), List.of(), 0, Long.MAX_VALUE);
    }

    /** Returns an option that is one of {@code choices}; the first one is the example. */
    public static OptionSpec choice(String name, List<String> choices, String sentence) {
        return new OptionSpec(
                name, OptionType.CHOICE, false, "", choices.get(0), sentence, choices, List.of(), 0, Long.MAX_VALUE);
    }

    /** Returns an option that is what a full ring does, one of {@link Overflow}'s words; the first one is the example. */
    static OptionSpec policy(String name, List<String> words, String sentence) {
        return new OptionSpec(
                name, OptionType.POLICY, false, "", words.get(0), sentence, words, List.of(), 0, Long.MAX_VALUE);
    }

    /** Returns an option that is what becomes of events that fail. */
    static OptionSpec fate(String name, String sentence) {
        return new OptionSpec(
                name,
                OptionType.FATE,
                false,
                "",
                "{retry: 3, then: dead_letter}",
                sentence,
                FateReader.WORDS,
                FateReader.OF_RETRY,
                0,
                Long.MAX_VALUE);
    }

    /** Returns an option that is a mapping of {@code members}; the example names them all. */
    static OptionSpec group(String name, List<OptionSpec> members, String sentence) {
        String example = members.stream()
                .map(member -> member.name() + ": " + member.example())
                .collect(Collectors.joining(", ", "{", "}"));
        return new OptionSpec(
                name, OptionType.GROUP, false, "", example, sentence, List.of(), members, 0, Long.MAX_VALUE);
    }

    /** Returns this option, but one that must be given. */
    public OptionSpec required() {
        return new OptionSpec(name, type, true, defaultText, example, sentence, choices, members, min, max);
    }

    /** Returns this option with a default. */
    public OptionSpec defaulting(String text) {
        return new OptionSpec(name, type, isRequired, text, example, sentence, choices, members, min, max);
    }

    /** Returns this option with bounds, which are allowed themselves; durations in nanoseconds. */
    public OptionSpec between(long least, long most) {
        return new OptionSpec(name, type, isRequired, defaultText, example, sentence, choices, members, least, most);
    }

    /** What is expected, in words: {@code a whole number >= 1}. */
    public String expected() {
        return switch (type) {
            case CHOICE, POLICY -> Words.or(choices);
            case FATE -> String.join(", ", choices) + " or " + example;
            case NUMBER, SIZE, DURATION -> type.expected() + bounds();
            case GROUP ->
                "a mapping of " + members.stream().map(OptionSpec::name).collect(Collectors.joining(", "));
            case SHARE -> min > 0 ? "a number above 0, at most 1" : "a number from 0 to 1";
            case FACTOR -> type.expected() + ", above 0";
            case TEXT, PATH, PATHS, BOOLEAN, CONDITION, FIELDS, SINKS, TEXTS, EXPRESSIONS, NAMES, COMPUTATIONS ->
                type.expected();
        };
    }

    private String bounds() {
        if (max < Long.MAX_VALUE) {
            return " from " + Amount.text(type, min) + " to " + Amount.text(type, max);
        }
        return min > 0 || type == OptionType.NUMBER ? ", >= " + Amount.text(type, min) : "";
    }
}
