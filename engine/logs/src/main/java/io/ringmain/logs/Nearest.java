package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody probably meant. For messages: allocates. Thread: any. */
public final class Nearest {

    private Nearest() {}

    /**
     * Returns the candidate with the fewest letters added, left out, replaced or swapped with their neighbour, whatever the case; the
     * first of equals. Empty if that takes more than one such mistake per three letters, or more than two. (One is allowed in a short
     * word.)
     */
    public static Optional<String> to(String word, Collection<String> candidates) {
        String wanted = requireNonNull(word, "word").toLowerCase(Locale.ROOT);
        int least = Math.min(2, Math.max(1, wanted.length() / 3)) + 1;
        Optional<String> nearest = Optional.empty();
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - wanted.length()) < least) {
                int mistakes = mistakes(wanted, candidate.toLowerCase(Locale.ROOT));
                if (mistakes < least && mistakes < wanted.length()) {
                    least = mistakes;
                    nearest = Optional.of(candidate);
                }
            }
        }
        return nearest;
    }

    /** The optimal string alignment distance. */
    private static int mistakes(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            distance[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            distance[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int oneMore = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
                distance[i][j] = Math.min(replaced, oneMore);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    distance[i][j] = Math.min(distance[i][j], distance[i - 2][j - 2] + 1);
                }
            }
        }
        return distance[a.length()][b.length()];
    }
}
