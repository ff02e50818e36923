package io.ringmain.logs.parse;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import java.util.Map;

/**
 * Reads {@code key=value key="a value" key= key}, as go-logfmt and its relatives write it. Values are text, as a span of the line;
 * escapes in quotes ({@code \"}, {@code \n}, {@code \u00e4}, those of Go's {@code %q}) are resolved into the event's spare bytes. A key
 * without {@code =} is true. Whatever is not above the blank in ASCII separates. Of several pairs of one key the last counts.
 *
 * <ul>
 *   <li>{@code level}, or else {@code lvl}, becomes the event's level if it is a level's word; an alias is kept in {@code level_word}, and so
 *       is a {@code level} that is none.
 *   <li>{@code timestamp}, or else {@code time}, {@code ts} or {@code t}, becomes the event's time if it is one: RFC 3339, or a number
 *       since the epoch, of 10^8 seconds and more.
 *   <li>{@code message}, or else {@code msg}, is {@link Keys#MESSAGE}.
 *   <li>What plays no such part is a field under its own name, except those that every event has anyway: they are {@code level_field},
 *       {@code timestamp_field} and {@code line_field}.
 * </ul>
 *
 * A value without quotes may have {@code =} and quotes within, which go-logfmt refuses: URLs have them. Quotes that do not end and a key
 * that is empty or has a quote make the line {@link ParseResult#BAD_LOGFMT}.
 *
 * <p>Thread: one lane. Never allocates, except for a key that no line had before.
 */
public final class LogfmtParser implements LineParser {

    private static final Schema SCHEMA =
            new Schema(Map.of("level", FieldType.LEVEL, "timestamp", FieldType.TIME, "message", FieldType.ANY), true);
    private static final int NOT_FOUND = -1;

    private final Keys keys;
    private final int[] levelKeys;
    private final int[] timeKeys;
    private final int messageKey;
    private final int levelField;
    private final int timestampField;
    private final int lineField;
    private final LogfmtPairs pairs = new LogfmtPairs();

    /** Makes a parser. */
    public LogfmtParser(Keys keys) {
        this.keys = requireNonNull(keys, "keys");
        levelKeys = new int[] {Keys.LEVEL, keys.id("lvl")};
        timeKeys = new int[] {Keys.TIMESTAMP, keys.id("time"), keys.id("ts"), keys.id("t")};
        messageKey = keys.id("msg");
        levelField = keys.id("level_field");
        timestampField = keys.id("timestamp_field");
        lineField = keys.id("line_field");
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public ParseResult parse(LogEvent event) {
        byte[] line = event.bytes();
        ParseResult result = pairs.find(line, event.lineOffset(), event.lineEnd());
        if (result != ParseResult.PARSED) {
            return result;
        }
        if (!findKeys(line)) {
            return ParseResult.KEYS_FULL;
        }
        int spareLength = event.spareLength();
        if (pairs.escapedBytes > 0 && !resolveEscapes(event)) {
            return ParseResult.SPARE_FULL;
        }
        int level = findLevel(event);
        int time = findTime(event);
        giveKeys(level == NOT_FOUND ? Keys.NONE : pairs.keys[level], time == NOT_FOUND ? Keys.NONE : pairs.keys[time]);
        if (!hasRoom(event.fields(), level != NOT_FOUND)) {
            event.cutSpare(spareLength);
            return ParseResult.FIELDS_FULL;
        }
        if (level != NOT_FOUND) {
            Levels.set(event, bytes(event, level), pairs.valueAt[level], pairs.valueLengths[level]);
        }
        if (time != NOT_FOUND) {
            event.setTimeNs(timeNs(event, time));
        }
        putFields(event);
        return ParseResult.PARSED;
    }

    private boolean findKeys(byte[] line) {
        for (int i = 0; i < pairs.count; i++) {
            int key = keys.id(line, pairs.keyAt[i], pairs.keyLengths[i]);
            if (key == Keys.NONE) {
                return false;
            }
            pairs.keys[i] = key;
        }
        return true;
    }

    private boolean resolveEscapes(LogEvent event) {
        int at = event.addSpare(pairs.escapedBytes);
        if (at < 0) {
            return false;
        }
        byte[] line = event.bytes();
        byte[] spare = event.spare();
        for (int i = 0; i < pairs.count; i++) {
            if (pairs.kinds[i] == LogfmtPairs.ESCAPED) {
                int from = pairs.valueAt[i];
                int end = Escapes.resolve(line, from, from + pairs.valueLengths[i], spare, at);
                pairs.valueAt[i] = at;
                pairs.valueLengths[i] = end - at;
                at = end;
            }
        }
        event.cutSpare(at);
        return true;
    }

    private int last(int key) {
        int i = pairs.count - 1;
        while (i >= 0 && pairs.keys[i] != key) {
            i--;
        }
        return i;
    }

    private byte[] bytes(LogEvent event, int pair) {
        return pairs.kinds[pair] == LogfmtPairs.ESCAPED ? event.spare() : event.bytes();
    }

    private long timeNs(LogEvent event, int pair) {
        return TimeText.parse(bytes(event, pair), pairs.valueAt[pair], pairs.valueLengths[pair]);
    }

    private int findLevel(LogEvent event) {
        for (int key : levelKeys) {
            int pair = last(key);
            if (pair != NOT_FOUND
                    && Level.of(bytes(event, pair), pairs.valueAt[pair], pairs.valueLengths[pair]) != null) {
                return pair;
            }
        }
        return NOT_FOUND;
    }

    private int findTime(LogEvent event) {
        for (int key : timeKeys) {
            int pair = last(key);
            if (pair != NOT_FOUND && timeNs(event, pair) != LogEvent.NO_TIME) {
                return pair;
            }
        }
        return NOT_FOUND;
    }

    /** Replaces each pair's key by that of its field; none for those that the level and the time are from. */
    private void giveKeys(int levelKey, int timeKey) {
        boolean hasMessage = last(Keys.MESSAGE) != NOT_FOUND;
        for (int i = 0; i < pairs.count; i++) {
            int key = pairs.keys[i];
            if (key == levelKey || key == timeKey) {
                pairs.keys[i] = Keys.NONE;
            } else if (key == Keys.LEVEL) {
                boolean isWord = levelKey == Keys.NONE && pairs.kinds[i] != LogfmtPairs.BARE;
                pairs.keys[i] = isWord ? Keys.LEVEL_WORD : levelField;
            } else if (key == Keys.TIMESTAMP) {
                pairs.keys[i] = timestampField;
            } else if (key == Keys.LINE) {
                pairs.keys[i] = lineField;
            } else if (key == messageKey && !hasMessage) {
                pairs.keys[i] = Keys.MESSAGE;
            }
        }
    }

    private boolean hasRoom(Fields fields, boolean hasLevel) {
        int wanted = pairs.count;
        if (fields.count() <= Fields.COUNT_MAX - wanted) {
            return true;
        }
        // Close to the limit it is worth a look which of them are there already.
        wanted = hasLevel && fields.indexOf(Keys.LEVEL_WORD) < 0 ? 1 : 0;
        for (int i = 0; i < pairs.count; i++) {
            wanted += pairs.keys[i] != Keys.NONE && fields.indexOf(pairs.keys[i]) < 0 ? 1 : 0;
        }
        return fields.count() <= Fields.COUNT_MAX - wanted;
    }

    private void putFields(LogEvent event) {
        Fields fields = event.fields();
        for (int i = 0; i < pairs.count; i++) {
            int key = pairs.keys[i];
            if (key != Keys.NONE) {
                switch (pairs.kinds[i]) {
                    case LogfmtPairs.PLAIN -> fields.putSpan(key, pairs.valueAt[i], pairs.valueLengths[i]);
                    case LogfmtPairs.ESCAPED -> fields.putSpare(key, pairs.valueAt[i], pairs.valueLengths[i]);
                    default -> fields.putBoolean(key, true);
                }
            }
        }
    }
}
