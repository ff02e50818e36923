package io.ringmain.perf.logs;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.expression.ExpressionException;
import io.ringmain.logs.parse.LineParser;
import io.ringmain.logs.parse.Parse;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.Filter;
import io.ringmain.spi.Stage;

/**
 * What is done with lines: they are parsed, filtered and counted by a field, with the stages that a plan would take.
 *
 * @param format what the lines are
 * @param condition what they are filtered by
 * @param by what they are counted by
 */
public record Job(Format format, String condition, String by) {

    /** As many lines of a file are tried. */
    private static final int TRIED_MAX = 1000;

    /** Returns the job for lines of {@link MadeLines}; its filter keeps a part of them. */
    public static Job ofMade(Format format) {
        return switch (format) {
            case LEVEL -> new Job(format, "level >= WARN", "level");
            case REGEX -> new Job(format, "number(status) >= 300", "status");
            case COMBINED, COMMON, JSON, LOGFMT -> new Job(format, "status >= 300", "status");
        };
    }

    /**
     * Returns the job for the lines of a file: by status if they have one, else by level. Its filter keeps all that have it, so that
     * the counts can be compared with those of others.
     */
    public static Job ofFile(Format format, Lines lines) {
        Keys keys = new Keys();
        LineParser parser = format.parser(keys);
        int status = keys.id("status");
        int withStatus = 0;
        int tried = Math.min(TRIED_MAX, lines.count());
        LogEvent event = new LogEvent();
        for (int i = 0; i < tried; i++) {
            event.clear();
            lines.wrap(i, event);
            boolean parsed = parser.parse(event) == ParseResult.PARSED;
            withStatus += parsed && event.fields().indexOf(status) >= 0 ? 1 : 0;
        }
        if (2 * withStatus < tried) {
            return new Job(format, "level >= TRACE", "level");
        }
        return new Job(format, format == Format.REGEX ? "number(status) >= 100" : "status >= 100", "status");
    }

    /** Whether {@code format} takes most of the first lines. A message of bare words is not what logfmt is for, though it takes it. */
    public static boolean fits(Format format, Lines lines) {
        LineParser parser = format.parser(new Keys());
        LogEvent event = new LogEvent();
        int tried = Math.min(TRIED_MAX, lines.count());
        int parsed = 0;
        for (int i = 0; i < tried; i++) {
            event.clear();
            lines.wrap(i, event);
            boolean takes = parser.parse(event) == ParseResult.PARSED;
            parsed += takes && (format != Format.LOGFMT || hasPair(event)) ? 1 : 0;
        }
        return 2 * parsed > tried;
    }

    private static boolean hasPair(LogEvent event) {
        for (int i = event.lineOffset(); i < event.lineEnd(); i++) {
            if (event.bytes()[i] == '=') {
                return true;
            }
        }
        return false;
    }

    /** Makes the stage that parses, for one lane. */
    public Stage<LogEvent> parse(Keys keys) {
        Parse parse = new Parse(format.parser(keys));
        return event -> {
            parse.apply(event);
            return true;
        };
    }

    /** The fields that there are behind the parser. */
    public Schema schema() {
        return Schema.LINES.plus(format.parser(new Keys()).schema());
    }

    /** Makes the stage that filters, for one lane. */
    public Stage<LogEvent> filter(Keys keys) {
        return new Filter(compile(condition, schema(), keys));
    }

    /** Makes what counts. */
    public Aggregate aggregate(Keys keys) {
        return Aggregate.countBy(keys, by);
    }

    /** Compiles an expression of a measurement. */
    public static Expression compile(String text, Schema schema, Keys keys) {
        try {
            return Expression.compile(text, schema, keys);
        } catch (ExpressionException wrong) {
            throw new IllegalStateException(text + ": " + wrong.getMessage() + " (expected: an expression)", wrong);
        }
    }

    /** Returns the job as a line of text. */
    public String title() {
        return "parse " + format.title() + ", filter " + condition + ", count by " + by;
    }
}
