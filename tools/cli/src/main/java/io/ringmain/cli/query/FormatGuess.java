package io.ringmain.cli.query;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.parse.AccessParser;
import io.ringmain.logs.parse.JsonParser;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.LineParser;
import io.ringmain.logs.parse.LogfmtParser;
import io.ringmain.logs.parse.ParseResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out how lines are written, by trying. Thread: any. */
public final class FormatGuess {

    /** How many lines are looked at. */
    public static final int LINES_MAX = 20;

    /** A value in quotes may have blanks. Possessive: java.util.regex needs stack for each round that it could go back to. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"");

    private FormatGuess() {}

    /**
     * Returns the format that most of {@code lines} are of, the stricter one of equals; empty if no format fits half of them.
     *
     * @param lines the first few lines
     */
    public static Optional<String> of(List<String> lines) {
        Keys keys = new Keys();
        Map<String, LineParser> parsers = new LinkedHashMap<>();
        parsers.put("combined", AccessParser.combined(keys));
        parsers.put("common", AccessParser.common(keys));
        parsers.put("json", new JsonParser(keys));
        parsers.put("level", new LevelParser());
        parsers.put("logfmt", new LogfmtParser(keys));
        String best = "";
        int most = 0;
        for (Map.Entry<String, LineParser> candidate : parsers.entrySet()) {
            int fitting = 0;
            for (String line : lines) {
                boolean possible = !candidate.getKey().equals("logfmt") || isMostlyPairs(line);
                fitting += possible && fits(candidate.getValue(), line) ? 1 : 0;
            }
            if (fitting > most) {
                best = candidate.getKey();
                most = fitting;
            }
        }
        return 2 * most >= lines.size() && most > 0 ? Optional.of(best) : Optional.empty();
    }

    /** To logfmt each word alone is a field, so any text with one = in it would be some. */
    private static boolean isMostlyPairs(String line) {
        int pairs = 0;
        int words = 0;
        for (String word : QUOTED.matcher(line).replaceAll("\"\"").strip().split("\\s+", -1)) {
            words++;
            pairs += word.indexOf('=') > 0 ? 1 : 0;
        }
        return 2 * pairs > words;
    }

    private static boolean fits(LineParser parser, String line) {
        LogEvent event = new LogEvent();
        return event.setLine(line) && parser.parse(event) == ParseResult.PARSED;
    }
}
