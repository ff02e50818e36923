package io.ringmain.cli.letters;

import io.ringmain.journal.FoundLetter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Counts letters by one of their words. */
public final class Tally {

    private static final int GROUPS_MAX = 10_000;
    private static final String OTHERS = "(others)";

    private final Function<FoundLetter, String> word;
    private final Map<String, Long> counts = new HashMap<>();
    private long count;

    /** Counts by {@code by}: reason, stage, source, state or pipeline. */
    public Tally(String by) {
        word = switch (by) {
            case "reason" -> entry -> entry.letter().reason();
            case "stage" -> entry -> entry.letter().stage();
            case "source" -> entry -> entry.letter().source();
            case "pipeline" -> entry -> entry.letter().pipeline();
            case "state" -> entry -> LetterJson.word(entry.state());
            default ->
                throw new IllegalArgumentException(
                        "--by: " + by + " (expected: reason, stage, source, state or pipeline)");
        };
    }

    /** Counts one. */
    public void add(FoundLetter entry) {
        count++;
        String its = word.apply(entry);
        counts.merge(counts.size() < GROUPS_MAX || counts.containsKey(its) ? its : OTHERS, 1L, Long::sum);
    }

    /** How many there are. */
    public long count() {
        return count;
    }

    /** How many there are of each, most first. */
    public Map<String, Long> counts() {
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }
}
