package io.ringmain.perf.rig;

import io.ringmain.spi.EventType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A line of a log with its level, in a byte array of its own that is filled again and again. */
final class Line {

    static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
    static final int TRACE = 0;

    private static final int LENGTH_MAX = 128;
    private static final byte[][] NAMES = LEVELS.stream()
            .map(level -> level.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private final byte[] bytes = new byte[LENGTH_MAX];
    private int length;
    private int level;
    private String env = "";

    static EventType<Line> type() {
        return EventType.of(Line::new, Line::clear, (from, to) -> to.become(from));
    }

    private void clear() {
        length = 0;
        level = TRACE;
        env = "";
    }

    private void become(Line from) {
        fill(from.bytes, from.length);
        level = from.level;
        env = from.env;
    }

    void fill(byte[] from, int count) {
        System.arraycopy(from, 0, bytes, 0, count);
        length = count;
    }

    /** Finds the level: the word after the first space. */
    void parse() {
        int from = 0;
        while (from < length && bytes[from] != ' ') {
            from++;
        }
        from++;
        for (int i = 0; i < NAMES.length; i++) {
            if (startsWith(NAMES[i], from)) {
                level = i;
                return;
            }
        }
        throw new IllegalStateException(
                "line without a level: " + new String(bytes, 0, length, StandardCharsets.US_ASCII));
    }

    private boolean startsWith(byte[] name, int from) {
        if (from + name.length > length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    int level() {
        return level;
    }

    void env(String value) {
        env = value;
    }

    String env() {
        return env;
    }
}
