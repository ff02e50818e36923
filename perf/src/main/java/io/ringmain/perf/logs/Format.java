package io.ringmain.perf.logs;

import io.ringmain.logs.Keys;
import io.ringmain.logs.parse.AccessParser;
import io.ringmain.logs.parse.JsonParser;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.LineParser;
import io.ringmain.logs.parse.LogfmtParser;
import io.ringmain.logs.parse.RegexParser;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The formats of lines that are measured. The order is that in which a file is tried for them. */
public enum Format {
    /** Access logs with referrer and agent. */
    COMBINED {
        @Override
        public LineParser parser(Keys keys) {
            return AccessParser.combined(keys);
        }
    },
    /** Access logs. */
    COMMON {
        @Override
        public LineParser parser(Keys keys) {
            return AccessParser.common(keys);
        }
    },
    /** An object per line. */
    JSON {
        @Override
        public LineParser parser(Keys keys) {
            return new JsonParser(keys);
        }
    },
    /** A level and a message. */
    LEVEL {
        @Override
        public LineParser parser(Keys keys) {
            return new LevelParser();
        }
    },
    /** Keys and values. */
    LOGFMT {
        @Override
        public LineParser parser(Keys keys) {
            return new LogfmtParser(keys);
        }
    },
    /** Access logs again, by a regular expression. */
    REGEX {
        @Override
        public LineParser parser(Keys keys) {
            return new RegexParser(keys, ACCESS_PATTERN);
        }

        @Override
        public Object parseOptions() {
            return Map.of("format", title(), "pattern", ACCESS_PATTERN);
        }
    };

    private static final String ACCESS_PATTERN =
            "^(?<client>\\S+) (?<ident>\\S+) (?<user>\\S+) \\[(?<timestamp>[^\\]]+)\\] "
                    + "\"(?<method>\\S+) (?<path>\\S+) (?<protocol>[^\"]+)\" (?<status>\\d{3}) (?<bytes>\\S+)";

    /** Makes a parser of this format. */
    public abstract LineParser parser(Keys keys);

    /** What the {@code parse} step of a plan says. */
    public Object parseOptions() {
        return title();
    }

    /** The name as options have it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the format that an option names.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Format of(String title) {
        return Arrays.stream(values())
                .filter(format -> format.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--format: " + title + " (expected: auto, " + String.join(", ", titles()) + ')'));
    }

    private static List<String> titles() {
        return Arrays.stream(values()).map(Format::title).toList();
    }
}
