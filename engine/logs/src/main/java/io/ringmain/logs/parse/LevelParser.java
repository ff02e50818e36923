package io.ringmain.logs.parse;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Spans;
import io.ringmain.logs.Text;
import java.util.Map;

/**
 * Reads {@code LEVEL message}: a level, blanks, and the rest of the line. An event whose source is not known gets {@code unknown};
 * a level written as an alias leaves its word in {@link Keys#LEVEL_WORD}.
 *
 * <p>Thread: any; it keeps nothing. Never allocates.
 */
public final class LevelParser implements LineParser {

    /** The source of events that have none. */
    public static final Text UNKNOWN_SOURCE = Text.of("unknown");

    private static final Schema SCHEMA = new Schema(Map.of(), false)
            .with("level", FieldType.LEVEL)
            .with("level_word", FieldType.TEXT)
            .with("message", FieldType.TEXT)
            .with("source", FieldType.TEXT);

    /** Makes a parser. */
    public LevelParser() {}

    @Override
    public ParseResult parse(LogEvent event) {
        byte[] bytes = event.bytes();
        int end = event.lineEnd();
        int word = skipBlanks(bytes, event.lineOffset(), end);
        if (word == end) {
            return ParseResult.EMPTY_LINE;
        }
        int wordEnd = Spans.blank(bytes, word, end);
        Level level = Level.of(bytes, word, wordEnd - word);
        if (level == null) {
            return ParseResult.UNKNOWN_LEVEL;
        }
        int message = skipBlanks(bytes, wordEnd, end);
        if (message == end) {
            return ParseResult.NO_MESSAGE;
        }
        if (!level.isNamed(bytes, word, wordEnd - word)
                && !event.fields().putSpan(Keys.LEVEL_WORD, word, wordEnd - word)) {
            return ParseResult.FIELDS_FULL;
        }
        if (!setMessage(event, message, end - message)) {
            return ParseResult.FIELDS_FULL;
        }
        event.setLevel(level);
        return ParseResult.PARSED;
    }

    private static boolean setMessage(LogEvent event, int offset, int length) {
        Fields fields = event.fields();
        boolean hasSource = event.hasSource();
        // The usual event has nothing but its source yet, so there is no message to be replaced.
        boolean isSet = fields.count() == (hasSource ? 1 : 0)
                ? fields.addSpan(Keys.MESSAGE, offset, length)
                : fields.putSpan(Keys.MESSAGE, offset, length);
        return isSet && (hasSource || fields.putText(Keys.SOURCE, UNKNOWN_SOURCE));
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    private static int skipBlanks(byte[] bytes, int from, int end) {
        int index = from;
        while (index < end && Spans.isBlank(bytes[index])) {
            index++;
        }
        return index;
    }
}
