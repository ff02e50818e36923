package io.ringmain.logs.plan;

/** What a part of a plan does. */
public enum Role {
    /** Where events come from. */
    SOURCE("source", "sources"),
    /** What happens to them. */
    STEP("step", "steps"),
    /** Where they go to. */
    SINK("sink", "sinks");

    private final String word;
    private final String section;

    Role(String word, String section) {
        this.word = word;
        this.section = section;
    }

    /** The role as a word: {@code source}. */
    public String word() {
        return word;
    }

    /** Where plans name parts of this role: {@code sources}. */
    public String section() {
        return section;
    }
}
