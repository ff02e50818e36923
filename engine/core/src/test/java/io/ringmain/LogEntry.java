package io.ringmain;

import io.ringmain.spi.EventType;

/** The log entry of the texts, as a mutable event. */
final class LogEntry {

    static final EventType<LogEntry> TYPE = EventType.of(LogEntry::new, LogEntry::clear, LogEntry::copy);

    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    String line = "";
    Level level = Level.DEBUG;
    String message = "";
    String source = "unknown";

    void set(Level newLevel, String newMessage) {
        level = newLevel;
        message = newMessage;
    }

    /** Parses "LEVEL message". */
    void parse() {
        int space = line.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("no level");
        }
        set(Level.valueOf(line.substring(0, space)), line.substring(space + 1));
    }

    private void clear() {
        line = "";
        level = Level.DEBUG;
        message = "";
        source = "unknown";
    }

    private static void copy(LogEntry from, LogEntry to) {
        to.line = from.line;
        to.level = from.level;
        to.message = from.message;
        to.source = from.source;
    }

    @Override
    public String toString() {
        return level + " " + message;
    }
}
