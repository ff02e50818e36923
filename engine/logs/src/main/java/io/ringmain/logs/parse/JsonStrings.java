package io.ringmain.logs.parse;

import io.ringmain.logs.PlainText;

/** Strings of JSON: where they end, and what they mean. Thread: one lane. Never allocates. */
final class JsonStrings {

    private static final int REPLACEMENT = 0xfffd;

    private boolean hasEscapes;
    private ParseResult failure = ParseResult.BAD_JSON;

    /** Whether the string that was last scanned has escapes. */
    boolean hasEscapes() {
        return hasEscapes;
    }

    /** Why the last scan has failed. */
    ParseResult failure() {
        return failure;
    }

    /**
     * Checks a string.
     *
     * @param from the index behind the first quote
     * @return the index of the last quote, or -1
     */
    int scan(byte[] bytes, int from, int end) {
        hasEscapes = false;
        int at = PlainText.skip(bytes, from, end);
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                return at;
            }
            if (b == '\\') {
                hasEscapes = true;
                at = behindEscape(bytes, at, end);
            } else {
                at = b < 0 ? PlainText.behindCharacter(bytes, at, end) : -1;
            }
            if (at < 0) {
                failure = b < 0 ? ParseResult.BAD_UTF8 : ParseResult.BAD_JSON;
                return -1;
            }
            at = PlainText.skip(bytes, at, end);
        }
        failure = ParseResult.BAD_JSON;
        return -1;
    }

    private static int behindEscape(byte[] bytes, int backslash, int end) {
        int at = backslash + 1;
        if (at >= end) {
            return -1;
        }
        return switch (bytes[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> hex(bytes, at + 1, end) < 0 ? -1 : at + 5;
            default -> -1;
        };
    }

    /** The number that four hexadecimal digits are, or -1. */
    private static int hex(byte[] bytes, int from, int end) {
        if (end - from < 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /**
     * Writes what a string that was scanned means, as UTF-8. A surrogate without its other half becomes U+FFFD. Never longer than the
     * string.
     *
     * @return the index of {@code to} behind it
     */
    static int unescape(byte[] from, int offset, int end, byte[] to, int toOffset) {
        int at = offset;
        int put = toOffset;
        while (at < end) {
            byte b = from[at++];
            if (b != '\\') {
                to[put++] = b;
                continue;
            }
            byte escape = from[at++];
            if (escape != 'u') {
                to[put++] = meaning(escape);
                continue;
            }
            int unit = hex(from, at, end);
            at += 4;
            if (isSurrogate(unit)) {
                int low = Character.isHighSurrogate((char) unit) ? lowSurrogate(from, at, end) : -1;
                if (low < 0) {
                    unit = REPLACEMENT;
                } else {
                    unit = Character.toCodePoint((char) unit, (char) low);
                    at += 6;
                }
            }
            put = putCharacter(unit, to, put);
        }
        return put;
    }

    private static byte meaning(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    private static boolean isSurrogate(int unit) {
        return unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
    }

    /** The second half of a pair, if it is escaped at {@code at}, or -1. */
    private static int lowSurrogate(byte[] bytes, int at, int end) {
        if (end - at < 6 || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = hex(bytes, at + 2, end);
        return unit >= 0 && Character.isLowSurrogate((char) unit) ? unit : -1;
    }

    private static int putCharacter(int codePoint, byte[] to, int offset) {
        int at = offset;
        if (codePoint < 0x80) {
            to[at++] = (byte) codePoint;
            return at;
        }
        if (codePoint < 0x800) {
            to[at++] = (byte) (0xc0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                to[at++] = (byte) (0xe0 | codePoint >> 12);
            } else {
                to[at++] = (byte) (0xf0 | codePoint >> 18);
                to[at++] = (byte) (0x80 | (codePoint >> 12 & 0x3f));
            }
            to[at++] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
        }
        to[at++] = (byte) (0x80 | (codePoint & 0x3f));
        return at;
    }
}
