package io.ringmain.logs.parse;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Spans;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads lines of web servers: the common log format, and the combined one, which Apache and NGINX both write.
 *
 * <pre>
 *   client ident user [10/Oct/2000:13:55:36 -0700] "METHOD path PROTOCOL" status bytes                        common
 *   client ident user [10/Oct/2000:13:55:36 -0700] "METHOD path PROTOCOL" status bytes "referrer" "agent"     combined
 * </pre>
 *
 * The time becomes the event's; the others are fields of these names, {@code status} and {@code bytes} whole numbers, the rest text. Each
 * that is {@code -} is absent: the field is not set. An empty text, {@code ""}, is a field without bytes.
 *
 * <ul>
 *   <li><b>Client, ident, user</b>: client and ident are words; a user may have blanks, the time's bracket ends it.
 *   <li><b>Request</b>: METHOD is made of letters, {@code -} and {@code _}, one blank follows. PROTOCOL is the last word if that begins
 *       with {@code HTTP/}; the path is what stands between them, blanks within included. Without a protocol, as HTTP/0.9 has it, the path
 *       is one word. Any other request (empty, {@code -}, one word, another protocol, bytes of TLS, a blank too many) is malformed. Its
 *       line is parsed all the same: the field {@code request} then holds what was between the quotes, and there is no method, path or
 *       protocol.
 *   <li><b>Quotes</b>: what stands behind a backslash ends nothing. The escapes stay in the fields as the server has written them, for
 *       servers differ in what they mean by them. A quote ends its part only if a blank or the line's end follows, and the request's
 *       only if a status follows too: old servers escape nothing.
 *   <li><b>The end</b>: blanks may follow, anything else is {@link ParseResult#TRAILING_TEXT}.
 * </ul>
 *
 * <p>Thread: one lane; it remembers the last line's hour. Never allocates.
 */
public final class AccessParser implements LineParser {

    private static final int ABSENT = -1;
    private static final int BAD = -2;
    private static final int DIGITS_MAX = 18;

    private static final long ANONYMOUS = Words.of(" - - [");
    private static final long ANONYMOUS_BITS = (1L << 48) - 1;
    // What stands around the three digits of a status.
    private static final long STATUS_BLANKS = Words.of(" \0\0\0 ");
    private static final long STATUS_BLANKS_BITS = 0xff_0000_00ffL;

    private final boolean isCombined;
    private final AccessFields fields;
    private final int client;
    private final int ident;
    private final int user;
    private final RequestLine request;
    private final int status;
    private final int bytes;
    private final int referrer;
    private final int agent;
    private final AccessTime time = new AccessTime();

    // Where the parts of the line are, from when it is looked at until the fields are set.
    private int clientEnd;
    private boolean isAnonymous;
    private int timeAt;
    private int requestEnd;
    private int statusCode;
    private int bytesAt;
    private int bytesEnd;
    private int referrerEnd;
    private int agentEnd;

    private AccessParser(Keys keys, boolean isCombined) {
        this.isCombined = isCombined;
        fields = new AccessFields(requireNonNull(keys, "keys"));
        client = fields.key("client");
        ident = fields.key("ident");
        user = fields.key("user");
        request = new RequestLine(fields);
        status = fields.key("status");
        bytes = fields.key("bytes");
        referrer = fields.key("referrer");
        agent = fields.key("agent");
    }

    /** Returns a parser of the common log format. */
    public static AccessParser common(Keys keys) {
        return new AccessParser(keys, false);
    }

    /** Returns a parser of the combined log format. */
    public static AccessParser combined(Keys keys) {
        return new AccessParser(keys, true);
    }

    @Override
    public Schema schema() {
        Map<String, FieldType> types = new LinkedHashMap<>();
        types.put("timestamp", FieldType.TIME);
        for (String name : new String[] {"client", "ident", "user", "method", "path", "protocol", "request"}) {
            types.put(name, FieldType.TEXT);
        }
        types.put("status", FieldType.NUMBER);
        types.put("bytes", FieldType.NUMBER);
        if (isCombined) {
            types.put("referrer", FieldType.TEXT);
            types.put("agent", FieldType.TEXT);
        }
        return new Schema(types, false);
    }

    @Override
    public ParseResult parse(LogEvent event) {
        byte[] line = event.bytes();
        int from = event.lineOffset();
        int end = event.lineEnd();
        ParseResult result = findTime(line, from, end);
        if (result != ParseResult.PARSED) {
            return result;
        }
        long timeNs = timeAt + AccessTime.LENGTH < end && line[timeAt + AccessTime.LENGTH] == ']'
                ? time.parse(line, timeAt)
                : LogEvent.NO_TIME;
        if (timeNs == LogEvent.NO_TIME) {
            return ParseResult.BAD_TIME;
        }
        result = findNumbers(line, end);
        if (result == ParseResult.PARSED) {
            result = isCombined ? findAgent(line, end) : checkEnd(line, bytesEnd, end);
        }
        if (result != ParseResult.PARSED) {
            return result;
        }
        if (!fields.begin(event)) {
            return ParseResult.FIELDS_FULL;
        }
        event.setTimeNs(timeNs);
        setFields(line, from);
        return ParseResult.PARSED;
    }

    /** Finds the client's end and the time. */
    private ParseResult findTime(byte[] line, int from, int end) {
        int blank = Words.blank(line, from, end);
        clientEnd = blank;
        isAnonymous = blank > from && blank + 6 < end && (Words.at(line, blank) & ANONYMOUS_BITS) == ANONYMOUS;
        if (isAnonymous) {
            timeAt = blank + 6;
            return ParseResult.PARSED;
        }
        return findTimeBehindUser(line, from, end);
    }

    private ParseResult findTimeBehindUser(byte[] line, int from, int end) {
        int identEnd = Words.blank(line, clientEnd + 1, end);
        if (clientEnd == from || identEnd >= end) {
            return isBlank(line, from, end) ? ParseResult.EMPTY_LINE : ParseResult.BAD_CLIENT;
        }
        int bracket = -1;
        for (int i = clientEnd + 1; i < end; i++) {
            if (line[i] == '[' && line[i - 1] == ' ') {
                bracket = bracket < 0 ? i : bracket;
                // A user's name may have brackets too.
                if (i + 27 < end && line[i + 27] == ']') {
                    bracket = i;
                    break;
                }
            }
        }
        if (bracket < 0) {
            return ParseResult.BAD_TIME;
        }
        timeAt = bracket + 1;
        // At least one byte of ident, a blank, one of the user, a blank.
        return identEnd > clientEnd + 1 && bracket > identEnd + 2 ? ParseResult.PARSED : ParseResult.BAD_CLIENT;
    }

    /** Finds the request's end, status and size. */
    private ParseResult findNumbers(byte[] line, int end) {
        int at = timeAt + AccessTime.LENGTH + 3;
        if (at > end || line[at - 2] != ' ' || line[at - 1] != '"') {
            return ParseResult.BAD_REQUEST;
        }
        requestEnd = Words.quote(line, at, end);
        statusCode = statusBehind(line, requestEnd, end);
        if (statusCode == BAD && !findLaterQuote(line, end)) {
            return requestEnd < 0 ? ParseResult.BAD_REQUEST : ParseResult.BAD_STATUS;
        }
        bytesAt = requestEnd + (statusCode == ABSENT ? 4 : 6);
        int digitsEnd = Words.digitsEnd(line, bytesAt, end);
        boolean isAbsent = digitsEnd == bytesAt && bytesAt < end && line[bytesAt] == '-';
        bytesEnd = isAbsent ? bytesAt + 1 : digitsEnd;
        boolean isNumber = digitsEnd > bytesAt && digitsEnd - bytesAt <= DIGITS_MAX;
        return (isAbsent || isNumber) && (bytesEnd == end || line[bytesEnd] == ' ')
                ? ParseResult.PARSED
                : ParseResult.BAD_BYTES;
    }

    /** The status between the blank after a quote and the next blank, {@link #ABSENT} or {@link #BAD}. */
    private static int statusBehind(byte[] line, int quote, int end) {
        if (quote < 0 || quote + 3 >= end) {
            return BAD;
        }
        long word = Words.at(line, quote + 1);
        int digits = ((int) (word >>> 8) & 0xff_ffff) ^ 0x30_3030;
        if ((word & STATUS_BLANKS_BITS) == STATUS_BLANKS
                && ((digits + 0x76_7676 | digits) & 0x80_8080) == 0
                && quote + 5 < end) {
            return 100 * (digits & 0xff) + 10 * (digits >> 8 & 0xff) + (digits >> 16);
        }
        return line[quote + 1] == ' ' && line[quote + 2] == '-' && line[quote + 3] == ' ' ? ABSENT : BAD;
    }

    /** Whether one of the quotes behind the first one ends the request; if none does, the first one stays. */
    private boolean findLaterQuote(byte[] line, int end) {
        int quote = requestEnd;
        while (quote >= 0) {
            quote = Words.quote(line, quote + 1, end);
            int found = statusBehind(line, quote, end);
            if (found != BAD) {
                requestEnd = quote;
                statusCode = found;
                return true;
            }
        }
        return false;
    }

    /** Finds where referrer and agent end. */
    private ParseResult findAgent(byte[] line, int end) {
        int at = bytesEnd;
        if (at + 2 >= end || line[at] != ' ' || line[at + 1] != '"') {
            return ParseResult.BAD_REFERRER;
        }
        int quote = closingQuote(line, at + 2, end);
        if (quote < 0 || quote + 3 >= end || line[quote + 1] != ' ' || line[quote + 2] != '"') {
            return ParseResult.BAD_REFERRER;
        }
        referrerEnd = quote;
        agentEnd = closingQuote(line, quote + 3, end);
        return agentEnd < 0 ? ParseResult.BAD_REFERRER : checkEnd(line, agentEnd + 1, end);
    }

    private static int closingQuote(byte[] line, int from, int end) {
        int quote = Words.quote(line, from, end);
        while (quote >= 0 && quote + 1 < end && line[quote + 1] != ' ') {
            quote = Words.quote(line, quote + 1, end);
        }
        return quote;
    }

    private static ParseResult checkEnd(byte[] line, int from, int end) {
        return from == end || isBlank(line, from, end) ? ParseResult.PARSED : ParseResult.TRAILING_TEXT;
    }

    private static boolean isBlank(byte[] line, int from, int end) {
        for (int i = from; i < end; i++) {
            if (!Spans.isBlank(line[i])) {
                return false;
            }
        }
        return true;
    }

    private void setFields(byte[] line, int from) {
        fields.text(client, from, clientEnd);
        if (!isAnonymous) {
            int identEnd = Words.blank(line, clientEnd + 1, timeAt);
            fields.text(ident, clientEnd + 1, identEnd);
            fields.text(user, identEnd + 1, timeAt - 2);
        }
        request.set(line, timeAt + AccessTime.LENGTH + 3, requestEnd);
        if (statusCode != ABSENT) {
            fields.number(status, statusCode);
        }
        if (line[bytesAt] != '-') {
            fields.number(bytes, Words.number(line, bytesAt, bytesEnd - bytesAt));
        }
        if (isCombined) {
            fields.text(referrer, bytesEnd + 2, referrerEnd);
            fields.text(agent, referrerEnd + 3, agentEnd);
        }
    }
}
