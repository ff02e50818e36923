package io.ringmain.logs.plan;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.expression.Problem;
import io.ringmain.logs.parse.AccessParser;
import io.ringmain.logs.parse.JsonParser;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.LineParser;
import io.ringmain.logs.parse.LogfmtParser;
import io.ringmain.logs.parse.Parse;
import io.ringmain.logs.parse.RegexParser;
import io.ringmain.spi.Stage;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** {@code parse}. */
final class ParseKind extends StageKind {

    private static final OptionSpec FORMAT = OptionSpec.choice(
                    "format",
                    List.of("level", "common", "combined", "json", "logfmt", "regex"),
                    "How lines are written: a level and a message; the access logs of Apache and NGINX; an object per line;"
                            + " key=value pairs; or as pattern says.")
            .required();

    private static final OptionSpec PATTERN = OptionSpec.of(
            "pattern",
            OptionType.TEXT,
            "'(?<level>\\w+): (?<message>.*)'",
            "For regex: what a line has somewhere in it. Its named groups become fields; timestamp, level and message are known.");

    private static final OptionSpec BUDGET = OptionSpec.of(
                    "budget",
                    OptionType.NUMBER,
                    "100000",
                    "For regex: how many characters may be looked at for one line; over it the event fails as regex_budget.")
            .defaulting(Integer.toString(RegexParser.BUDGET_DEFAULT))
            .between(1, Integer.MAX_VALUE);

    ParseKind() {
        super(
                "parse",
                "Finds the fields of a line; a line that is not of the format fails.",
                List.of(FORMAT, PATTERN, BUDGET));
    }

    @Override
    public Optional<OptionSpec> shortForm() {
        return Optional.of(FORMAT);
    }

    @Override
    public String example() {
        return "- parse: combined";
    }

    @Override
    Schema check(Scope scope) {
        Options options = scope.options();
        boolean isRegex = options.text(FORMAT).equals("regex");
        if (scope.usable(FORMAT) && isRegex && !options.has(PATTERN)) {
            scope.problem(
                    FORMAT,
                    "regex without a pattern (expected: format and pattern)",
                    "write parse: {format: regex, pattern: '(?<level>\\w+) (?<message>.*)'}");
        }
        if (scope.usable(FORMAT) && !isRegex) {
            for (OptionSpec spec : List.of(PATTERN, BUDGET)) {
                if (options.has(spec)) {
                    scope.problem(
                            spec,
                            "not for " + options.text(FORMAT) + " (expected: with format: regex only)",
                            "remove it, or set format: regex");
                }
            }
        }
        boolean sound = scope.usable(FORMAT)
                && scope.isRight(BUDGET)
                && (!isRegex || (scope.usable(PATTERN) && checkPattern(scope)));
        return sound ? scope.schema().plus(parser(options, new Keys()).schema()) : UnknownStep.ANYTHING;
    }

    private static boolean checkPattern(Scope scope) {
        Written pattern = scope.texts(PATTERN).get(0);
        try {
            if (new RegexParser(new Keys(), pattern.text(), RegexParser.BUDGET_DEFAULT)
                    .groupNames()
                    .isEmpty()) {
                scope.problem(
                        pattern,
                        "no named group (expected: at least one)",
                        "such as (?<message>.*); groups become fields");
                return false;
            }
            return true;
        } catch (PatternSyntaxException wrong) {
            int offset = Math.min(Math.max(wrong.getIndex(), 0), pattern.text().length());
            scope.problem(
                    pattern,
                    new Problem(
                            offset,
                            1,
                            "not a regular expression: " + wrong.getDescription(),
                            "see java.util.regex.Pattern; put single quotes around it"));
            return false;
        }
    }

    @Override
    Stage<LogEvent> stage(Part part, Site site) {
        Parse parse = new Parse(parser(part.options(), site.keys()));
        FieldWatch watch = site.findings().watch(part.name());
        return event -> {
            parse.apply(event);
            watch.look(event);
            return true;
        };
    }

    private static LineParser parser(Options options, Keys keys) {
        return switch (options.text(FORMAT)) {
            case "level" -> new LevelParser();
            case "common" -> AccessParser.common(keys);
            case "combined" -> AccessParser.combined(keys);
            case "json" -> new JsonParser(keys);
            case "logfmt" -> new LogfmtParser(keys);
            case "regex" -> new RegexParser(keys, options.text(PATTERN), (int) options.number(BUDGET));
            default ->
                throw new IllegalStateException(
                        "parse.format: " + options.text(FORMAT) + " (expected: a checked plan)");
        };
    }
}
