package io.ringmain.logs.parse;

import static io.ringmain.logs.parse.JsonSkipper.peek;
import static io.ringmain.logs.parse.JsonSkipper.space;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import java.util.Map;

/**
 * Reads one JSON object per line (RFC 8259), member by member:
 *
 * <ul>
 *   <li>Text is a span of the line; if it has escapes, it is resolved into the event's spare bytes. Half a surrogate pair reads as
 *       U+FFFD. Bytes that are not UTF-8 are refused.
 *   <li>A number without point and exponent is whole; with one of them it is a double. One that neither a {@code long} nor a
 *       {@code double} holds stays a span of JSON, so that no digit is lost. {@code true}, {@code false} and {@code null} are
 *       themselves.
 *   <li>The members of a nested object have a name with dots, as {@code http.status}. An array and an empty object are a span of JSON.
 *   <li>Of several members of one name the last counts.
 *   <li>The first of {@code level}, {@code log.level}, {@code severity} and {@code lvl} that is a level's word becomes the event's level;
 *       the word is kept in {@code level_word} if it is an alias. A {@code level} that is none, such as a number, is kept in
 *       {@code level_word} too.
 *   <li>The first of {@code timestamp}, {@code @timestamp}, {@code time} and {@code ts} that is a moment becomes the event's time:
 *       RFC 3339, or a number since the epoch; a small number is more likely a duration and none.
 *   <li>What might have been level or time and is not is a field, behind the others.
 *   <li>{@code message}, or else {@code msg}, is {@link Keys#MESSAGE}.
 *   <li>What plays no such part is a field under its own name, except {@code timestamp} and {@code line}, which every event has
 *       anyway: they are {@code timestamp_field} and {@code line_field}. A {@code level} whose {@code level_word} is taken is
 *       {@code level_field}.
 * </ul>
 *
 * <p>A line is refused as a whole: there may be white space around the object, but no byte order mark and nothing else.
 *
 * <p>Thread: one lane. It remembers the names that it has met, within the limits of {@link Keys}. Allocates for new names, and where
 * {@link io.ringmain.logs.NumberText#parse} does.
 */
public final class JsonParser implements LineParser {

    /** The most arrays and objects in each other: {@value}. */
    public static final int DEPTH_MAX = 64;

    /** The longest name of a field, in bytes, dots included: {@value}. */
    public static final int NAME_BYTES_MAX = 1024;

    // An escape takes six bytes for one at most.
    private static final int RAW_NAME_BYTES_MAX = 6 * NAME_BYTES_MAX;
    private static final Schema SCHEMA =
            new Schema(Map.of("level", FieldType.LEVEL, "timestamp", FieldType.TIME, "message", FieldType.ANY), true);

    private final JsonNames names;
    private final JsonFields fields;
    private final JsonStrings text = new JsonStrings();
    private final JsonNumber number = new JsonNumber();
    private final JsonSkipper skipper = new JsonSkipper(text, DEPTH_MAX);
    private final byte[] name = new byte[RAW_NAME_BYTES_MAX];
    // By depth: the name of the object.
    private final int[] parents = new int[DEPTH_MAX + 1];

    // Of the line that is being read.
    private LogEvent event = new LogEvent();
    private byte[] bytes = event.bytes();
    private int start;
    private int end;
    private boolean isSound;
    private int depth;
    private int valueStart;
    private ParseResult failure = ParseResult.BAD_JSON;

    /** Makes a parser that takes the numbers of names from {@code keys}. */
    public JsonParser(Keys keys) {
        names = new JsonNames(keys, NAME_BYTES_MAX);
        fields = new JsonFields(keys, names);
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public ParseResult parse(LogEvent line) {
        event = line;
        bytes = line.bytes();
        end = line.lineEnd();
        int from = space(bytes, line.lineOffset(), end);
        if (from == end) {
            return ParseResult.EMPTY_LINE;
        }
        int spareLength = line.spareLength();
        ParseResult result = bytes[from] == '{' ? object(from) : other(from);
        if (result != ParseResult.PARSED) {
            line.cutSpare(spareLength);
        }
        return result;
    }

    private ParseResult other(int from) {
        int behind = skipper.skip(bytes, from, end, 0);
        if (behind < 0) {
            return skipper.failure();
        }
        return space(bytes, behind, end) == end ? ParseResult.NOT_AN_OBJECT : ParseResult.TRAILING_TEXT;
    }

    private ParseResult object(int from) {
        fields.clear();
        start = from;
        isSound = false;
        int behind = members(from);
        if (behind < 0) {
            return failure;
        }
        if (space(bytes, behind, end) != end) {
            return ParseResult.TRAILING_TEXT;
        }
        return fields.moveTo(event) ? ParseResult.PARSED : fields.failure();
    }

    /** Reads the members of the object at {@code open} and of those in it; returns the index behind it, or -1. */
    private int members(int open) {
        int at = space(bytes, open + 1, end);
        if (peek(bytes, at, end) == '}') {
            return at + 1;
        }
        int parent = JsonNames.ROOT;
        int last = JsonNames.ROOT;
        depth = 1;
        parents[depth] = parent;
        while (true) {
            int member = name(last, parent, at);
            if (member < 0) {
                return -1;
            }
            last = member;
            at = space(bytes, valueStart, end);
            int first = peek(bytes, at, end);
            int inner = first == '{' ? space(bytes, at + 1, end) : at;
            if (first == '{' && peek(bytes, inner, end) != '}') {
                if (depth == DEPTH_MAX) {
                    return fail(ParseResult.TOO_DEEP);
                }
                depth++;
                parents[depth] = member;
                parent = member;
                at = inner;
                continue;
            }
            at = value(first, at, member);
            if (at < 0) {
                return -1;
            }
            at = behindObjects(at);
            if (depth == 0) {
                return at;
            }
            parent = parents[depth];
            if (peek(bytes, at, end) != ',') {
                return fail(ParseResult.BAD_JSON);
            }
            at = space(bytes, at + 1, end);
        }
    }

    /** Leaves the objects that end at {@code from}; returns the index of what stands behind the last of them. */
    private int behindObjects(int from) {
        int at = space(bytes, from, end);
        while (depth > 0 && peek(bytes, at, end) == '}') {
            depth--;
            at = space(bytes, at + 1, end);
        }
        return at;
    }

    /** Returns the number of the name whose first quote is at {@code quote}, or -1; finds where the colon ends. */
    private int name(int last, int parent, int quote) {
        if (peek(bytes, quote, end) != '"') {
            return fail(ParseResult.BAD_JSON);
        }
        int from = quote + 1;
        int guess = names.guess(last, parent, bytes, from, end);
        if (guess != JsonNames.UNKNOWN) {
            valueStart = from + names.guessedLength(guess);
            return guess;
        }
        return otherName(last, parent, from);
    }

    private int otherName(int last, int parent, int from) {
        int lastQuote = text.scan(bytes, from, end);
        if (lastQuote < 0) {
            return fail(text.failure());
        }
        int colon = space(bytes, lastQuote + 1, end);
        if (peek(bytes, colon, end) != ':') {
            return fail(ParseResult.BAD_JSON);
        }
        valueStart = colon + 1;
        int found;
        if (!text.hasEscapes()) {
            found = find(parent, bytes, from, lastQuote - from);
        } else if (lastQuote - from <= RAW_NAME_BYTES_MAX) {
            found = find(parent, name, 0, JsonStrings.unescape(bytes, from, lastQuote, name, 0));
        } else {
            found = fail(ParseResult.NAME_TOO_LONG);
        }
        if (found >= 0) {
            names.follow(last, found);
        }
        return found;
    }

    private int find(int parent, byte[] from, int offset, int length) {
        int found = names.find(parent, from, offset, length);
        if (found != JsonNames.UNKNOWN) {
            return found;
        }
        if (!isSound && !checkAll()) {
            return -1;
        }
        int added = names.add(parent, from, offset, length);
        return added >= 0 ? added : fail(added == JsonNames.FULL ? ParseResult.KEYS_FULL : ParseResult.NAME_TOO_LONG);
    }

    /** Checks the line to its end: one that is refused must not use up names, for there are so many of them only. */
    private boolean checkAll() {
        int behind = skipper.skip(bytes, start, end, 0);
        if (behind < 0) {
            failure = skipper.failure();
            return false;
        }
        isSound = space(bytes, behind, end) == end;
        failure = ParseResult.TRAILING_TEXT;
        return isSound;
    }

    /** Reads a value that is no object with members; returns the index behind it, or -1. */
    private int value(int first, int from, int member) {
        return switch (first) {
            case '"' -> string(from + 1, member);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(from, member);
            case 't', 'f', 'n' -> literal(first, from, member);
            case '[', '{' -> json(from, member);
            default -> fail(ParseResult.BAD_JSON);
        };
    }

    private int string(int from, int member) {
        int quote = text.scan(bytes, from, end);
        if (quote < 0) {
            return fail(text.failure());
        }
        int length = quote - from;
        if (!text.hasEscapes()) {
            return kept(fields.putSpan(member, from, length), quote + 1);
        }
        int offset = event.addSpare(length);
        if (offset < 0) {
            return fail(ParseResult.SPARE_FULL);
        }
        int spareEnd = JsonStrings.unescape(bytes, from, quote, event.spare(), offset);
        event.cutSpare(spareEnd);
        return kept(fields.putSpare(member, offset, spareEnd - offset), quote + 1);
    }

    private int number(int from, int member) {
        int behind = number.read(bytes, from, end);
        return behind < 0
                ? fail(ParseResult.BAD_JSON)
                : kept(fields.putNumber(member, number, from, behind - from), behind);
    }

    private int literal(int first, int from, int member) {
        int behind = JsonSkipper.literal(bytes, first, from, end);
        if (behind < 0) {
            return fail(ParseResult.BAD_JSON);
        }
        return kept(first == 'n' ? fields.putNull(member) : fields.putBoolean(member, first == 't'), behind);
    }

    private int json(int from, int member) {
        int behind = skipper.skip(bytes, from, end, depth);
        return behind < 0 ? fail(skipper.failure()) : kept(fields.putJson(member, from, behind - from), behind);
    }

    private int kept(boolean isKept, int behind) {
        return isKept ? behind : fail(fields.failure());
    }

    private int fail(ParseResult why) {
        failure = why;
        return -1;
    }
}
