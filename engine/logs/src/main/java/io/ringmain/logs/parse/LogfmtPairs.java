package io.ringmain.logs.parse;

import io.ringmain.logs.Fields;
import java.util.Arrays;

/**
 * Where keys and values of one logfmt line stand, found before anything is made of them: a line that breaks off in the middle leaves
 * no trace. Thread: one parser's. Allocates only for a line with more pairs than any before.
 */
final class LogfmtPairs {

    /** A key without {@code =}. */
    static final int BARE = 0;

    /** A value that stands in the line as it is. */
    static final int PLAIN = 1;

    /** A value in quotes that has escapes; resolved, it lies in the spare bytes. */
    static final int ESCAPED = 2;

    private static final int COUNT_MIN = 32;

    int count;
    int[] keyAt = new int[COUNT_MIN];
    int[] keyLengths = new int[COUNT_MIN];
    int[] keys = new int[COUNT_MIN];
    int[] kinds = new int[COUNT_MIN];
    int[] valueAt = new int[COUNT_MIN];
    int[] valueLengths = new int[COUNT_MIN];
    int escapedBytes;

    private int end;

    /** Finds all pairs of a line; {@link ParseResult#EMPTY_LINE} if there are none. */
    ParseResult find(byte[] line, int from, int lineEnd) {
        count = 0;
        escapedBytes = 0;
        end = lineEnd;
        int i = skipBlanks(line, from);
        while (i < end) {
            int keyEnd = keyEnd(line, i);
            if (keyEnd == i || (keyEnd < end && line[keyEnd] == '"')) {
                return ParseResult.BAD_LOGFMT;
            }
            if (count == Fields.COUNT_MAX) {
                return ParseResult.FIELDS_FULL;
            }
            add(i, keyEnd - i);
            i = keyEnd < end && line[keyEnd] == '=' ? value(line, keyEnd + 1) : keyEnd;
            if (i < 0) {
                return ParseResult.BAD_LOGFMT;
            }
            i = skipBlanks(line, i);
        }
        return count == 0 ? ParseResult.EMPTY_LINE : ParseResult.PARSED;
    }

    /** Notes the value that begins at {@code from}; returns its end, or -1 if its quotes do not end. */
    private int value(byte[] line, int from) {
        int pair = count - 1;
        kinds[pair] = PLAIN;
        if (from < end && line[from] == '"') {
            int quote = Words.quote(line, from + 1, end);
            if (quote < 0) {
                return -1;
            }
            valueAt[pair] = from + 1;
            valueLengths[pair] = quote - from - 1;
            if (Words.quoteOrBackslash(line, from + 1, quote) < quote) {
                kinds[pair] = ESCAPED;
                escapedBytes += valueLengths[pair];
            }
            return quote + 1;
        }
        int i = from;
        while (i < end && !isBlank(line[i])) {
            i++;
        }
        valueAt[pair] = from;
        valueLengths[pair] = i - from;
        return i;
    }

    private int keyEnd(byte[] line, int from) {
        int i = from;
        while (i < end && !isBlank(line[i]) && line[i] != '=' && line[i] != '"') {
            i++;
        }
        return i;
    }

    private int skipBlanks(byte[] line, int from) {
        int i = from;
        while (i < end && isBlank(line[i])) {
            i++;
        }
        return i;
    }

    /** Control characters are blanks too, as in go-logfmt; bytes over 0x7f, negative ones, are not. */
    private static boolean isBlank(byte b) {
        return b >= 0 && b <= ' ';
    }

    private void add(int at, int length) {
        if (count == keys.length) {
            grow();
        }
        keyAt[count] = at;
        keyLengths[count] = length;
        kinds[count] = BARE;
        valueAt[count] = at;
        valueLengths[count] = 0;
        count++;
    }

    private void grow() {
        int capacity = 2 * keys.length;
        keyAt = Arrays.copyOf(keyAt, capacity);
        keyLengths = Arrays.copyOf(keyLengths, capacity);
        keys = Arrays.copyOf(keys, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
        valueAt = Arrays.copyOf(valueAt, capacity);
        valueLengths = Arrays.copyOf(valueLengths, capacity);
    }
}
