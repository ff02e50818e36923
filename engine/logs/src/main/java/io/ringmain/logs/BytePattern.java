package io.ringmain.logs;

import java.nio.charset.StandardCharsets;
import java.util.regex.PatternSyntaxException;

/** Writes a regular expression over text as one over the bytes of text: {@code ä+} becomes {@code (?:\xC3\xA4)+}. */
final class BytePattern {

    private final String regex;
    private final StringBuilder to = new StringBuilder();
    private int classDepth;
    private boolean quoted;

    private BytePattern(String regex) {
        this.regex = regex;
    }

    static String of(String regex) {
        return new BytePattern(regex).write();
    }

    private String write() {
        for (int index = 0; index < regex.length(); ) {
            int point = regex.codePointAt(index);
            if (point >= 0x80) {
                bytesOf(index, point);
            } else if (quoted) {
                quoted = !regex.startsWith("\\E", index);
                to.append((char) point);
            } else if (point == '\\' && index + 1 < regex.length()) {
                index = escape(index);
            } else {
                classDepth += point == '[' ? 1 : point == ']' && classDepth > 0 ? -1 : 0;
                to.append((char) point);
            }
            index += Character.charCount(point);
        }
        return to.toString();
    }

    /** Returns the index of the escape's last character but one. */
    private int escape(int index) {
        char next = regex.charAt(index + 1);
        if (next >= 0x80) {
            return index;
        }
        quoted = next == 'Q';
        to.append('\\').append(next);
        return index + 1;
    }

    private void bytesOf(int index, int point) {
        if (classDepth > 0) {
            throw new PatternSyntaxException(
                    "Not ASCII in a class, which matches one byte; write (?:ä|ö) for [äö]", regex, index);
        }
        to.append(quoted ? "\\E(?:" : "(?:");
        for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            to.append("\\x").append(String.format("%02X", b & 0xff));
        }
        to.append(quoted ? ")\\Q" : ")");
    }
}
