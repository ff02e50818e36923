package io.ringmain.logs.plan;

/** What an option's value is. */
public enum OptionType {
    /** Any text. */
    TEXT("a text"),
    /** A path or glob, or a list of them. */
    PATHS("a path or a list of paths"),
    /** A path. */
    PATH("a path"),
    /** A whole number. */
    NUMBER("a whole number"),
    /** A number of bytes: {@code 4096}, {@code 64KiB}, {@code 1MB}. */
    SIZE("a size such as 64KiB or 1MB"),
    /** A length of time: {@code 10ms}, {@code 5s}. */
    DURATION("a duration such as 10ms or 5s"),
    /** A part of the whole: {@code 0.1}. */
    SHARE("a share such as 0.1"),
    /** How many times as much: {@code 1.5}. */
    FACTOR("a number such as 1.5"),
    /** {@code true} or {@code false}. */
    BOOLEAN("true or false"),
    /** One of some words. */
    CHOICE("one of some words"),
    /** What a full ring does: one of some words, or a mapping of one to its options. */
    POLICY("a policy"),
    /** What becomes of events that fail: one of some words, or a mapping that says how often they are tried again, and what then. */
    FATE("a fate"),
    /** Options that belong together, by their names. */
    GROUP("a mapping of options"),
    /** An expression that is true or false for an event. */
    CONDITION("a condition such as status >= 500"),
    /** A field, or a list of fields, that events have at this place. */
    FIELDS("a field or a list of fields"),
    /** The name of a sink, or a list of names. */
    SINKS("a sink or a list of sinks"),
    /** New fields and the texts that they get. */
    TEXTS("a mapping such as {env: prod}"),
    /** New fields and the expressions that make them. */
    EXPRESSIONS("a mapping such as {kib: bytes / 1024}"),
    /** Fields that events have at this place, and other names. */
    NAMES("a mapping such as {old: new}"),
    /** New fields and how they are computed from the events of a group. */
    COMPUTATIONS("a mapping such as {requests: count()}");

    private final String expected;

    OptionType(String expected) {
        this.expected = expected;
    }

    /** The type in words, with an article. */
    public String expected() {
        return expected;
    }

    /** Whether a value is a mapping of names to texts. */
    boolean isMapping() {
        return this == TEXTS || this == EXPRESSIONS || this == NAMES || this == COMPUTATIONS;
    }

    /** Whether a value is a text or a list of texts. */
    boolean isList() {
        return this == PATHS || this == FIELDS || this == SINKS;
    }
}
