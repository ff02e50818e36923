package io.ringmain.logs.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** JSON by chance, and JSON that chance has spoilt. */
final class RandomJson {

    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "c",
            "status",
            "http",
            "request.path",
            "a.b",
            "line",
            "größe",
            "",
            "x\"y",
            "n\n",
            "a name that is longer");
    private static final String[] CHARACTERS = {
        "a",
        "Z",
        "0",
        " ",
        "/",
        "'",
        "é",
        "€",
        "😀",
        "\u007f",
        "\u2028",
        "\\\"",
        "\\\\",
        "\\/",
        "\\n",
        "\\t",
        "\\b",
        "\\f",
        "\\r",
        "\\u0000",
        "\\u00e9",
        "\\u20AC",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\uDE00",
        "<x>",
        "{",
        "]",
        ",",
        ":"
    };
    private static final String SPOILERS = "{}[]\",:\\/-+.eEu019 tfn\t\n\u0000\u001f\u0080\u00c3\u00e2\u00f0\u00ff";

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    /** An object whose values are nested up to {@code depth} times. */
    String object(int depth) {
        StringBuilder text = new StringBuilder();
        putObject(depth, text);
        return text.toString();
    }

    private void putObject(int depth, StringBuilder text) {
        text.append('{');
        putSpace(text);
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            putName(text);
            putSpace(text);
            text.append(':');
            putSpace(text);
            putValue(depth, text);
            putSpace(text);
            text.append(i < count - 1 ? "," : "");
            putSpace(text);
        }
        text.append('}');
    }

    private void putName(StringBuilder text) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        text.append('"');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == '"' || random.nextInt(30) == 0) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private void putValue(int depth, StringBuilder text) {
        switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0, 1 -> putString(text);
            case 2, 3, 4 -> text.append(number());
            case 5 -> text.append(List.of("true", "false", "null").get(random.nextInt(3)));
            case 6 -> putObject(depth - 1, text);
            default -> putArray(depth - 1, text);
        }
    }

    private void putArray(int depth, StringBuilder text) {
        text.append('[');
        putSpace(text);
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            putValue(depth, text);
            text.append(i < count - 1 ? "," : "");
            putSpace(text);
        }
        text.append(']');
    }

    private void putString(StringBuilder text) {
        boolean isPlain = random.nextBoolean();
        text.append('"');
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(CHARACTERS[random.nextInt(isPlain ? 6 : CHARACTERS.length)]);
        }
        text.append('"');
    }

    String number() {
        String sign = random.nextBoolean() ? "" : "-";
        return switch (random.nextInt(7)) {
            case 0 -> sign + random.nextInt(1000);
            case 1 -> Long.toString(random.nextLong());
            case 2 -> sign + Long.toUnsignedString(random.nextLong());
            case 3 -> Double.toString(random.nextDouble() * 1000);
            case 4 -> sign + random.nextInt(100) + "." + digits() + "e" + (random.nextInt(800) - 400);
            case 5 -> sign + "1" + digits() + (random.nextBoolean() ? "E+" : "e") + random.nextInt(30);
            default -> sign + "0." + digits();
        };
    }

    private String digits() {
        StringBuilder digits = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 40 : 6); i >= 0; i--) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    private void putSpace(StringBuilder text) {
        if (random.nextInt(8) == 0) {
            text.append(" \t\n\r".charAt(random.nextInt(4)));
        }
    }

    /** A document with a few bytes changed, left out, put in or repeated, or without its end. */
    byte[] spoil(String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            byte spoiler = (byte) SPOILERS.charAt(random.nextInt(SPOILERS.length()));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = spoiler;
                case 1 -> bytes = with(bytes, at, at + 1, new byte[0]);
                case 2 -> bytes = with(bytes, at, at, new byte[] {spoiler});
                case 3 -> bytes = with(bytes, at, at, Arrays.copyOfRange(bytes, at / 2, at));
                default -> bytes = Arrays.copyOf(bytes, at);
            }
        }
        return bytes;
    }

    private static byte[] with(byte[] bytes, int from, int end, byte[] instead) {
        byte[] made = Arrays.copyOf(bytes, bytes.length - (end - from) + instead.length);
        System.arraycopy(instead, 0, made, from, instead.length);
        System.arraycopy(bytes, end, made, from + instead.length, bytes.length - end);
        return made;
    }
}
