package io.ringmain.perf.chaos;

import io.ringmain.perf.chaos.Input.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** A plan and the way its input lies in files. All parse, filter and add up by key; each goes through something else besides. */
enum Variant {
    /** One file, one lane after the other. */
    PLAIN(24_000, 1, true),
    /** Lines are parsed by a pool. */
    POOL(24_000, 1, true),
    /** Lanes by key, and a second file behind the filter. */
    KEYS(24_000, 1, true),
    /** Three sources in turn. */
    SOURCES(24_000, 3, true),
    /** A slow sink beside the others, before which events go through a file. */
    SPILL(24_000, 1, true),
    /** A sink that is slow and holds all others back. */
    SLOW(24_000, 1, false),
    /** Many small files. */
    FILES(24_000, 60, true),
    /** A file that is followed while it is written and rotated. */
    FOLLOW(24_000, 1, false),
    /** Events that fail are set aside while others go on; made in code, because no step of a plan fails so. */
    PARKING(24_000, 1, true),
    /** Every seventh line fails and becomes a letter on disk; made in code, as the next. */
    LETTERS(24_000, 1, true),
    /** These letters are tried again, while the run goes on and when the next one starts. */
    RETRIES(24_000, 1, true),
    /** As fast as it goes. */
    FAST(200_000, 1, false),
    /** Windows that slide over lines out of order, some of them late, on three lanes. */
    WINDOWS(24_000, 1, true);

    /** By how much lines of {@link #WINDOWS} may be older than one before them, in seconds. */
    static final int DISORDER_S = 5;

    /** How long a window is. */
    static final int EVERY_S = 20;

    /** How long after a window the next one begins. */
    static final int SLIDE_S = 10;

    /** The clock of the child runs so many times as fast: then a run of a second has some ten checkpoints. */
    static final int CLOCK_FACTOR = 10;

    /** Of the throttle, in a second of ours. */
    static final int LINES_PER_SECOND = 24_000;

    /** Lines are kept whose size is not less. */
    static final int SIZE_MIN = 100;

    /** The sink that the child makes slow. */
    static final String SLOW_SINK = "slow";

    private static final int SLOTS = 1024;
    private static final int SLOTS_OF_SLOW = 64;

    private final int lines;
    private final int files;
    private final boolean throttled;

    Variant(int lines, int files, boolean throttled) {
        this.lines = lines;
        this.files = files;
        this.throttled = throttled;
    }

    /**
     * A file that a plan writes.
     *
     * @param file its name
     * @param wanted which lines it has
     */
    record Output(String file, Predicate<Line> wanted) {}

    /** What tables call it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one called {@code title}. */
    static Variant of(String title) {
        return valueOf(title.toUpperCase(Locale.ROOT));
    }

    /** How many slots each ring has; few, for a checkpoint waits for what is in the rings before it. */
    OptionalInt bound() {
        return switch (this) {
            case FAST -> OptionalInt.empty();
            case SPILL, SLOW -> OptionalInt.of(SLOTS_OF_SLOW);
            case PLAIN, POOL, KEYS, SOURCES, FILES, FOLLOW, PARKING, LETTERS, RETRIES, WINDOWS -> OptionalInt.of(SLOTS);
        };
    }

    int lines() {
        return lines;
    }

    /** In how many files the lines lie; those of {@link #SOURCES} have a source each. */
    int files() {
        return files;
    }

    /** Whether lines of different files may come in any order. */
    boolean isMixed() {
        return this == SOURCES;
    }

    /** Whether lines of one file stay in their order. */
    boolean keepsOrder() {
        return this != PARKING;
    }

    /** Whether lines are added up. */
    boolean hasTotals() {
        return this != PARKING && !keepsLetters();
    }

    /** Whether bad lines become letters. */
    boolean keepsLetters() {
        return this == LETTERS || this == RETRIES;
    }

    /** Whether letters are tried again: their lines come in any order, and may come again. */
    boolean triesAgain() {
        return this == RETRIES;
    }

    boolean isFollowed() {
        return this == FOLLOW;
    }

    /** Where the plan writes lines to; the totals stand in a file of their own. */
    List<Output> outputs() {
        List<Output> outputs =
                new ArrayList<>(List.of(new Output("parsed.log", line -> this != LETTERS || !line.isBad())));
        switch (this) {
            case KEYS -> outputs.add(new Output("kept.log", Line::isKept));
            case SPILL, SLOW -> outputs.add(new Output("slow.log", line -> true));
            case PLAIN, POOL, SOURCES, FILES, FOLLOW, PARKING, LETTERS, RETRIES, FAST, WINDOWS -> {}
        }
        return outputs;
    }

    /** The file of input number {@code file}. */
    static String input(int file) {
        return String.format(Locale.ROOT, "in-%03d.log", file);
    }

    /** The plan, with all its files in {@code folder}. */
    String plan(Path folder) {
        return "name: " + title() + "\nsources:\n" + sources(folder)
                + "steps:\n  - parse: logfmt\n" + (this == POOL ? "    pool: 3\n" : "")
                + (throttled ? "  - throttle: {per_second: " + LINES_PER_SECOND / CLOCK_FACTOR + ", burst: 20}\n" : "")
                + (this == KEYS ? "  - enrich: {compute: {twice: size * 2}}\n    partition: {by: key, lanes: 3}\n" : "")
                + "  - filter: size >= " + SIZE_MIN + "\n"
                + "  - " + adding() + "by: key, compute: {lines: count(), bytes: sum(size)}}\n"
                + (this == WINDOWS ? "    partition: {lanes: 3}\n" : "")
                + "sinks:\n  parsed: {type: file, after: parse, format: text, path: '" + folder.resolve("parsed.log")
                + "'}\n" + moreSinks(folder) + "  totals: {type: file, path: '" + folder.resolve("totals.jsonl")
                + "'}\n" + whenFailed(folder);
    }

    private String adding() {
        return this == WINDOWS ? "window: {every: " + EVERY_S + "s, slide: " + SLIDE_S + "s, " : "aggregate: {";
    }

    private String whenFailed(Path folder) {
        return keepsLetters()
                ? "when_failed: dead_letter\ndead_letters: {path: '" + folder.resolve("letters") + "'}\n"
                : "when_failed: stop\n";
    }

    private String sources(Path folder) {
        var text = new StringBuilder();
        int sources = this == SOURCES ? files : 1;
        String glob = files > 1 || isFollowed() ? "in*.log" : input(0);
        for (int source = 0; source < sources; source++) {
            text.append("  in-")
                    .append(source)
                    .append(": {type: file, path: '")
                    .append(folder.resolve(this == SOURCES ? input(source) : glob))
                    .append(isFollowed() ? "', follow: true" : "'")
                    .append(this == WINDOWS ? ", disorder: " + DISORDER_S + "s" : "")
                    .append(", checkpoint: '")
                    .append(folder.resolve("checkpoints"))
                    .append("'}\n");
        }
        return text.toString();
    }

    private String moreSinks(Path folder) {
        String slow = "  " + SLOW_SINK + ": {type: file, after: parse, format: text, path: '"
                + folder.resolve("slow.log") + '\'';
        return switch (this) {
            case KEYS ->
                "  kept: {type: file, after: filter, format: text, path: '" + folder.resolve("kept.log") + "'}\n";
            case SPILL ->
                slow + ", when_full: {spill: {path: '" + folder.resolve("slow.spill")
                        + "', bytes_max: 64MiB}}, bound: 64}\n";
            case SLOW -> slow + "}\n";
            case PLAIN, POOL, SOURCES, FILES, FOLLOW, PARKING, LETTERS, RETRIES, FAST, WINDOWS -> "";
        };
    }
}
