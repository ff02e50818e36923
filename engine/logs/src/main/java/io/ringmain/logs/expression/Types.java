package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** Types and constants in words, for messages; and what text constants mean beside a time. */
final class Types {

    static final List<String> LEVEL_NAMES =
            Arrays.stream(Level.values()).map(Level::name).toList();
    static final String LEVELS = String.join(", ", LEVEL_NAMES);

    private Types() {}

    static String words(FieldType type) {
        return switch (type) {
            case TEXT -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case TIME -> "a time";
            case DURATION -> "a duration";
            case LEVEL -> "a level";
            case ANY -> "anything";
        };
    }

    /** Returns epoch nanoseconds, or {@link LogEvent#NO_TIME}. */
    static long epochNs(String text) {
        String written = text.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) (?=\\d)", "$1T")
                .replaceFirst("(T.*[+-]\\d\\d)(\\d\\d)$", "$1:$2");
        Instant instant;
        try {
            if (written.indexOf('T') < 0) {
                instant = LocalDate.parse(written).atStartOfDay().toInstant(ZoneOffset.UTC);
            } else if (written.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)")) {
                instant = OffsetDateTime.parse(written).toInstant();
            } else {
                instant = LocalDateTime.parse(written).toInstant(ZoneOffset.UTC);
            }
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException none) {
            return LogEvent.NO_TIME;
        }
    }
}
