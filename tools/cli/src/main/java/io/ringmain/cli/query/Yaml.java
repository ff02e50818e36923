package io.ringmain.cli.query;

/** Texts as values of a plan. */
final class Yaml {

    private Yaml() {}

    static String quoted(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** How many characters of a text stand before the place {@code written} in what is behind its opening quote. */
    static int unquoted(String quoted, int written) {
        int count = 0;
        for (int i = 0; i < Math.min(written, quoted.length()); i++) {
            i += quoted.startsWith("''", i) ? 1 : 0;
            count++;
        }
        return count;
    }
}
