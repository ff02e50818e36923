package io.ringmain.logs.plan;

import io.ringmain.logs.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a plan. */
final class Problems {

    // What has no place stands behind what has one, and an override behind the file; within that the order of finding
    // stays.
    private static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(
            Diagnostic::mark,
            Comparator.nullsLast(Comparator.comparing((Mark mark) -> mark.file().equals(Overrides.FILE))
                    .thenComparingInt(Mark::line)
                    .thenComparingInt(Mark::column)));

    /** The hint for a name and a value that YAML takes for one word. */
    static final String SPACE = "put a space behind the colon";

    /** How a hint begins that knows a nearer word. */
    static final String DID_YOU_MEAN = "did you mean ";

    private final List<Diagnostic> found = new ArrayList<>();

    void add(@Nullable Mark mark, String path, String message, String hint) {
        Diagnostic problem = new Diagnostic(mark, path, message, hint);
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    int count() {
        return found.size();
    }

    /** In the order of the text. */
    List<Diagnostic> sorted() {
        return found.stream().sorted(BY_PLACE).toList();
    }

    /** The one of {@code known} that {@code word} begins with, before a colon without a space behind it. */
    static Optional<String> beforeColon(String word, Collection<String> known) {
        int colon = word.indexOf(':');
        return colon < 1
                ? Optional.empty()
                : Optional.of(word.substring(0, colon)).filter(known::contains);
    }

    /** The hint for a word that should have been one of {@code known}; {@code otherwise} if none is near. */
    static String didYouMean(String word, Collection<String> known, String otherwise) {
        return Nearest.to(word, known).map(near -> DID_YOU_MEAN + near + "?").orElse(otherwise);
    }
}
