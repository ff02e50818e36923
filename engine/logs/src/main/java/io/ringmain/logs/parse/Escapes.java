package io.ringmain.logs.parse;

/**
 * Resolves the escapes of quoted logfmt values: those of JSON, and those that Go's {@code %q} writes besides ({@code \a}, {@code \v},
 * {@code \'}, {@code \xNN}, {@code \UNNNNNNNN}). What is none of them stays as it stands, backslash included. Half a surrogate pair is
 * U+FFFD. Thread: any; never allocates.
 */
final class Escapes {

    private static final String SHORT = "\"\\/'bfnrtav";
    private static final byte[] SHORT_MEANS = {'"', '\\', '/', '\'', '\b', '\f', '\n', '\r', '\t', 7, 11};
    private static final int REPLACEMENT = 0xfffd;

    private Escapes() {}

    /** Writes what {@code from} to {@code end} means to {@code to}, which is never longer; returns where that ends. */
    static int resolve(byte[] bytes, int from, int end, byte[] to, int at) {
        int length = at;
        int i = from;
        while (i < end) {
            byte b = bytes[i];
            if (b != '\\' || i + 1 == end) {
                to[length++] = b;
                i++;
                continue;
            }
            int meant = SHORT.indexOf(bytes[i + 1]);
            if (meant >= 0) {
                to[length++] = SHORT_MEANS[meant];
                i += 2;
                continue;
            }
            int digits = digits(bytes[i + 1]);
            int code = digits == 0 ? -1 : hex(bytes, i + 2, digits, end);
            if (code < 0) {
                to[length++] = b;
                i++;
                continue;
            }
            i += 2 + digits;
            if (digits == 2) {
                to[length++] = (byte) code;
                continue;
            }
            if (Character.isHighSurrogate((char) code) && code < 0x1_0000) {
                int low = i + 1 < end && bytes[i] == '\\' && bytes[i + 1] == 'u' ? hex(bytes, i + 2, 4, end) : -1;
                if (low >= 0 && Character.isLowSurrogate((char) low)) {
                    code = Character.toCodePoint((char) code, (char) low);
                    i += 6;
                }
            }
            length = putUtf8(code, to, length);
        }
        return length;
    }

    /** How many hexadecimal digits follow a letter. */
    private static int digits(byte letter) {
        return switch (letter) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
    }

    private static int hex(byte[] bytes, int from, int count, int end) {
        if (count > end - from) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static int putUtf8(int code, byte[] to, int at) {
        boolean isCharacter = code <= Character.MAX_CODE_POINT && (code < 0xd800 || code > 0xdfff);
        int point = isCharacter ? code : REPLACEMENT;
        int i = at;
        if (point < 0x80) {
            to[i++] = (byte) point;
        } else if (point < 0x800) {
            to[i++] = (byte) (0xc0 | point >> 6);
            to[i++] = (byte) (0x80 | (point & 0x3f));
        } else if (point < 0x1_0000) {
            to[i++] = (byte) (0xe0 | point >> 12);
            to[i++] = (byte) (0x80 | (point >> 6 & 0x3f));
            to[i++] = (byte) (0x80 | (point & 0x3f));
        } else {
            to[i++] = (byte) (0xf0 | point >> 18);
            to[i++] = (byte) (0x80 | (point >> 12 & 0x3f));
            to[i++] = (byte) (0x80 | (point >> 6 & 0x3f));
            to[i++] = (byte) (0x80 | (point & 0x3f));
        }
        return i;
    }
}
