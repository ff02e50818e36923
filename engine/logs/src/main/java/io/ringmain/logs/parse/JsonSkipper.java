package io.ringmain.logs.parse;

/** Values of JSON that are checked and not taken apart. Thread: one lane. Never allocates. */
final class JsonSkipper {

    private final JsonStrings text;
    private final int depthMax;
    private ParseResult failure = ParseResult.BAD_JSON;

    JsonSkipper(JsonStrings text, int depthMax) {
        this.text = text;
        this.depthMax = depthMax;
    }

    /** Why the last call has failed. */
    ParseResult failure() {
        return failure;
    }

    /**
     * Checks a value.
     *
     * @param from the index of its first byte
     * @param depth how many arrays and objects it stands in
     * @return the index behind it, or -1
     */
    int skip(byte[] bytes, int from, int end, int depth) {
        // What the value is nested in, the innermost in the lowest bit: 1 for an object. The limit is that of a long.
        long objects = 0;
        int inner = 0;
        int at = from;
        while (true) {
            int first = peek(bytes, at, end);
            if (first == '{' || first == '[') {
                if (depth + inner == depthMax) {
                    return fail(ParseResult.TOO_DEEP);
                }
                inner++;
                objects = objects << 1 | (first == '{' ? 1 : 0);
                at = space(bytes, at + 1, end);
                if (peek(bytes, at, end) != first + 2) {
                    at = first == '{' ? name(bytes, at, end) : at;
                    if (at < 0) {
                        return -1;
                    }
                    continue;
                }
            } else {
                at = scalar(bytes, first, at, end);
                if (at < 0) {
                    return -1;
                }
            }
            // Behind a value, or at the end of what has none.
            while (true) {
                if (inner == 0) {
                    return at;
                }
                boolean inObject = (objects & 1) != 0;
                at = space(bytes, at, end);
                int then = peek(bytes, at, end);
                if (then == ',') {
                    at = space(bytes, at + 1, end);
                    at = inObject ? name(bytes, at, end) : at;
                    break;
                }
                if (then != (inObject ? '}' : ']')) {
                    return fail(ParseResult.BAD_JSON);
                }
                at++;
                inner--;
                objects >>>= 1;
            }
            if (at < 0) {
                return -1;
            }
        }
    }

    /** Checks a name and its colon; returns the index of the value, or -1. */
    private int name(byte[] bytes, int from, int end) {
        if (peek(bytes, from, end) != '"') {
            return fail(ParseResult.BAD_JSON);
        }
        int quote = text.scan(bytes, from + 1, end);
        if (quote < 0) {
            return fail(text.failure());
        }
        int colon = space(bytes, quote + 1, end);
        return peek(bytes, colon, end) == ':' ? space(bytes, colon + 1, end) : fail(ParseResult.BAD_JSON);
    }

    private int scalar(byte[] bytes, int first, int from, int end) {
        if (first == '"') {
            int quote = text.scan(bytes, from + 1, end);
            return quote < 0 ? fail(text.failure()) : quote + 1;
        }
        int behind = first == 't' || first == 'f' || first == 'n'
                ? literal(bytes, first, from, end)
                : first == '-' || (first >= '0' && first <= '9') ? JsonNumber.check(bytes, from, end) : -1;
        return behind < 0 ? fail(ParseResult.BAD_JSON) : behind;
    }

    /** Returns the index behind {@code true}, {@code false} or {@code null}, or -1 if the word that begins so is another. */
    static int literal(byte[] bytes, int first, int from, int end) {
        boolean isRight =
                switch (first) {
                    case 't' ->
                        end - from >= 4 && bytes[from + 1] == 'r' && bytes[from + 2] == 'u' && bytes[from + 3] == 'e';
                    case 'f' ->
                        end - from >= 5
                                && bytes[from + 1] == 'a'
                                && bytes[from + 2] == 'l'
                                && bytes[from + 3] == 's'
                                && bytes[from + 4] == 'e';
                    default ->
                        end - from >= 4 && bytes[from + 1] == 'u' && bytes[from + 2] == 'l' && bytes[from + 3] == 'l';
                };
        return isRight ? from + (first == 'f' ? 5 : 4) : -1;
    }

    private int fail(ParseResult why) {
        failure = why;
        return -1;
    }

    /** The byte at {@code at}, or -1, which no byte of JSON's grammar is, at the end. */
    static int peek(byte[] bytes, int at, int end) {
        return at < end ? bytes[at] : -1;
    }

    /** The index of the first byte from {@code from} on that is no white space, or {@code end}. */
    static int space(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] <= ' ' && isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
