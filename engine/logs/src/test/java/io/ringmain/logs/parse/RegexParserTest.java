package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexParserTest {

    private final Keys keys = new Keys();

    private Map<String, Object> facts(String pattern, String line) {
        return Facts.of(new RegexParser(keys, pattern), keys, line);
    }

    @Test
    void namedGroupsAreFields() {
        assertThat(facts("(?<host>\\S+) (\\d+) (?<rest>.*)", "web1 17 all the rest"))
                .containsExactly(Map.entry("host", "web1"), Map.entry("rest", "all the rest"));
    }

    @Test
    void levelTimestampAndMessageBecomeWhatTheyMean() {
        String pattern = "^(?<timestamp>[^,]*),(?<level>\\w+),(?<message>.*)$";

        assertThat(facts(pattern, "2000-10-10T20:55:36Z,Warning,low"))
                .containsExactly(
                        Map.entry("level", Level.WARN),
                        Map.entry("timestamp", 971_211_336_000_000_000L),
                        Map.entry("level_word", "Warning"),
                        Map.entry("message", "low"));
        assertThat(facts(pattern, "10/Oct/2000:13:55:36 -0700,INFO,x"))
                .containsEntry("timestamp", 971_211_336_000_000_000L);
        assertThat(facts(pattern, "971211336.5,INFO,x")).containsEntry("timestamp", 971_211_336_500_000_000L);
        assertThat(facts(pattern, "soon,loud,x"))
                .containsExactly(
                        Map.entry("timestamp_field", "soon"),
                        Map.entry("level_word", "loud"),
                        Map.entry("message", "x"));
        assertThat(facts("(?<line>\\d+)", "at 42")).containsExactly(Map.entry("line_field", "42"));
    }

    @Test
    void itIsSearchedForUnlessItIsBound() {
        assertThat(facts("(?<n>\\d+)", "a 17 b 18")).containsEntry("n", "17");
        assertThat(facts("^(?<n>\\d+)$", "a 17")).isEqualTo(Map.of("result", ParseResult.NO_MATCH));
        assertThat(facts("^(?<n>\\d+)", "17 a")).containsEntry("n", "17");
        assertThat(facts("(?<n>\\d+)$", "17 18")).containsEntry("n", "18");
        assertThat(facts("^(?<n>\\d+)$", "")).isEqualTo(Map.of("result", ParseResult.NO_MATCH));
    }

    @Test
    void aGroupWithoutPartIsAbsentAndAnEmptyOneIsNot() {
        assertThat(facts("^(?<a>a)?(?<b>b)?(?<c>c*)", "b")).containsExactly(Map.entry("b", "b"), Map.entry("c", ""));
    }

    @Test
    void textThatIsNotAsciiIsBytes() {
        assertThat(facts("(?<name>\u00e4+)(?<rest>.*)", "x\u00e4\u00e4\u20ac"))
                .containsExactly(Map.entry("name", "\u00e4\u00e4"), Map.entry("rest", "\u20ac"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?<x>.*a){25}", "(?<x>.*.*.*.*.*=)", "(?<x>(a+)+)\\1b"})
    void aPatternThatRunsIsStopped(String pattern) {
        assertThat(facts(pattern, "a".repeat(40) + "!!")).isEqualTo(Map.of("result", ParseResult.REGEX_BUDGET));
    }

    @Test
    void aPatternThatNeedsTheStackIsStopped() {
        RegexParser parser = new RegexParser(keys, "^(?<x>(a|b)*)$");
        LogEvent event = new LogEvent();
        event.setLine("ab".repeat(100_000));

        assertThat(parser.parse(event)).isEqualTo(ParseResult.REGEX_BUDGET);

        event.setLine("abab");
        assertThat(parser.parse(event)).isEqualTo(ParseResult.PARSED);
    }

    @Test
    void theBudgetIsPerLineAndGrowsWithIt() {
        RegexParser small = new RegexParser(keys, "(?<x>a+a*a*a*a*$)", 1);
        LogEvent event = new LogEvent();
        event.setLine("a".repeat(16) + "!");
        assertThat(small.parse(event)).isEqualTo(ParseResult.REGEX_BUDGET);
        assertThat(new RegexParser(keys, "(?<x>a+a*a*a*a*$)", 10_000_000).parse(event))
                .isEqualTo(ParseResult.NO_MATCH);

        event.setLine("x".repeat(1_000_000));
        assertThat(new RegexParser(keys, "^(?<x>.*)$", 1).parse(event)).isEqualTo(ParseResult.PARSED);
        event.setLine("aaaa");
        assertThat(small.parse(event)).isEqualTo(ParseResult.PARSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?<a>x)",
                "(x)(?<a>y)(?:z)(?<b>(w)(?<c>v))",
                "\\((?<a>x)\\)",
                "\\\\(?<a>x)",
                "[(](?<a>x)[)(]",
                "[]()](?<a>x)",
                "[^](](?<a>x)",
                "[a[(]&&[^)]](?<a>x)",
                "[\\](](?<a>x)",
                "\\Q(((?<z>\\E(?<a>x)",
                "[\\Q](\\E(](?<a>x)",
                "\\c((?<a>x)",
                "(?=(y))?(?!(z))(?<=(q))?(?<!(w))(?>(v))(?i)(?i:(u))(?<a>x)",
                "(?x) (?<a> x ) # comment\n (?<b>y)",
                "(?<a>x)|(?<b>y)|(?<c>z)\\k<a>"
            })
    void eachNameBelongsToTheGroupThatJavaMeans(String pattern) {
        RegexParser parser = new RegexParser(keys, pattern);
        // Everything that may stand in the patterns, so that most of them match something.
        String alphabet = "xyzwvqu()[]\\<?*?\n h:";
        SplittableRandom random = new SplittableRandom(20274);
        Matcher matcher = Pattern.compile(pattern, Pattern.UNIX_LINES).matcher("");
        for (int i = 0; i < 300; i++) {
            StringBuilder line = new StringBuilder("(((?<z>x xyzwv (x)\\x]x hx zvx vux ");
            for (int j = random.nextInt(20); j > 0; j--) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            LogEvent event = new LogEvent();
            event.setLine(line.toString());
            Map<String, Object> expected = new LinkedHashMap<>();
            if (matcher.reset(line).find()) {
                for (String name : parser.groupNames()) {
                    if (matcher.group(name) != null) {
                        expected.put(name, matcher.group(name));
                    }
                }
            }
            parser.parse(event);

            assertThat(Facts.read(keys, event)).as("%s on %s", pattern, line).isEqualTo(expected);
        }
    }

    @Test
    void groupsThatCannotBeToldApartAreRefused() {
        assertThatThrownBy(() -> new RegexParser(keys, "(?x)(?<a>x) # (no group\n"))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageStartingWith("Cannot tell which group is which; remove parentheses");
        assertThatThrownBy(() -> new RegexParser(keys, "(?<a")).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void namesAndTypesAreKnownBefore() {
        RegexParser parser = new RegexParser(keys, "(?<timestamp>.)(?<level>.)(?<line>.)(x)(?<a1>.)");

        assertThat(parser.groupNames()).containsExactly("timestamp", "level", "line", "a1");
        assertThat(parser.schema().isOpen()).isFalse();
        List<String> types = new ArrayList<>();
        parser.schema().types().forEach((name, type) -> types.add(name + ' ' + type));
        assertThat(types)
                .containsExactly(
                        "timestamp TIME",
                        "timestamp_field TEXT",
                        "level LEVEL",
                        "level_word TEXT",
                        "line_field TEXT",
                        "a1 TEXT");
        assertThat(parser.schema().typeOf("a1")).contains(FieldType.TEXT);
    }

    @Test
    void anEventWithoutRoomStaysAsItWas() {
        LogEvent event = new LogEvent();
        event.setLine("xy");
        for (int key = 100; event.fields().count() < Fields.COUNT_MAX; key++) {
            event.fields().putLong(key, key);
        }

        assertThat(new RegexParser(keys, "(?<a>x)").parse(event)).isEqualTo(ParseResult.FIELDS_FULL);

        assertThat(event.fields().count()).isEqualTo(Fields.COUNT_MAX);
    }

    @Test
    void noBytesMakeTheParserThrow() {
        long seed = 20275;
        SplittableRandom random = new SplittableRandom(seed);
        RegexParser parser = new RegexParser(keys, "(?i)(?<level>\\w+)\\s+(?<timestamp>\\S*)\\b(?<message>.+?)$");
        LogEvent event = new LogEvent();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            event.clear();
            event.wrapLine(bytes, 0, bytes.length);
            parser.parse(event);
        }
    }
}
