package io.ringmain.logs.parse;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import java.util.Locale;

/** What a stage over lines has to say about an event. The constants in lower case are the reason codes of dead letters and reports. */
public enum ParseResult {
    /** The event is filled. */
    PARSED("parsed"),
    /** The line is empty or blank. */
    EMPTY_LINE("nothing but spaces (expected: a line of the format)"),
    /** The line was longer than the source takes; its beginning is kept. */
    LINE_TOO_LONG("a line over the limit (expected: <= line_bytes_max); its beginning is kept"),
    /** The event has no room for another field. */
    FIELDS_FULL("no room for another field (expected: <= " + Fields.COUNT_MAX + ")"),
    /** There are too many different field names. */
    KEYS_FULL("another new field name (expected: <= " + Keys.COUNT_MAX + " in one pipeline)"),
    /** The event has no room for more text of its own. */
    SPARE_FULL("no room for more made text (expected: <= " + LogEvent.SPARE_BYTES_MAX + " bytes)"),

    /** Level: the first word is no level. */
    UNKNOWN_LEVEL("the first word is no level (expected: TRACE, DEBUG, INFO, WARN, ERROR, FATAL or an alias)"),
    /** Level: there is nothing after the level. */
    NO_MESSAGE("nothing after the level (expected: LEVEL message)"),

    /** Access: client, identity or user is missing. */
    BAD_CLIENT("the line does not begin with client, identity and user (expected: HOST - USER [TIME] ...)"),
    /** Access: the time is missing or wrong. */
    BAD_TIME("the time is missing or wrong (expected: [10/Oct/2000:13:55:36 -0700])"),
    /** Access: the request is not in quotes. */
    BAD_REQUEST("the request is missing or its quotes do not end (expected: \"METHOD PATH PROTOCOL\")"),
    /** Access: the status is no three digits. */
    BAD_STATUS("the status is wrong (expected: three digits)"),
    /** Access: the size is no number. */
    BAD_BYTES("the size is wrong (expected: a number or -)"),
    /** Access: referrer or user agent is missing or its quotes do not end. */
    BAD_REFERRER("referrer or user agent is missing or its quotes do not end (expected: \"REFERRER\" \"AGENT\")"),
    /** Something stands after the end. */
    TRAILING_TEXT("something stands after the end of the format (expected: the end of the line)"),

    /** JSON: not a value of the grammar. */
    BAD_JSON("not JSON (expected: one value of RFC 8259)"),
    /** JSON: the value is no object. */
    NOT_AN_OBJECT("JSON, but no object (expected: {...})"),
    /** JSON: nested too deeply. */
    TOO_DEEP("nested too deeply (expected: <= " + JsonParser.DEPTH_MAX + " arrays and objects)"),
    /** JSON: a field name is too long. */
    NAME_TOO_LONG("a field name over the limit (expected: <= " + JsonParser.NAME_BYTES_MAX + " bytes with its dots)"),
    /** Bytes that are not UTF-8 where the format demands it. */
    BAD_UTF8("bytes that are not UTF-8"),

    /** Logfmt: quotes that do not end. */
    BAD_LOGFMT("quotes that do not end, or a key that is none (expected: key=value key=\"a value\" ...)"),

    /** Regex: the line does not match. */
    NO_MATCH("the line does not match the pattern"),
    /** Regex: the pattern takes too many steps for this line. */
    REGEX_BUDGET("the pattern takes too long for this line (expected: <= the budget); make it simpler");

    private final String code = name().toLowerCase(Locale.ROOT);
    private final String explanation;

    ParseResult(String explanation) {
        this.explanation = explanation;
    }

    /** The constant's name in lower case: what a program reads. */
    public String code() {
        return code;
    }

    /** A sentence for people; a constant. */
    public String explanation() {
        return explanation;
    }
}
