package io.ringmain.logs.parse;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.BudgetedText;
import io.ringmain.logs.FieldType;
import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads lines by a regular expression: its named groups are fields. The expression is searched for in the line; {@code ^} and {@code $}
 * bind it to beginning and end.
 *
 * <ul>
 *   <li>A group is a text field of its name, without a copy. One that has no part in the match is absent.
 *   <li>{@code level} becomes the event's level, {@code timestamp} its time, if it is RFC 3339, a number since the epoch or as in
 *       access logs. An alias, and a word that is no level, is kept in {@code level_word}; what is no time in {@code timestamp_field}.
 *       {@code message} is {@link Keys#MESSAGE}. A group {@code line} is the field {@code line_field}, for each event has a line.
 *   <li>It sees bytes: what is not ASCII is several characters for {@code .} and classes; see {@link BudgetedText#pattern}.
 *   <li>A line may cost {@code budget} looks at a byte, and {@value BudgetedText#STEPS_PER_BYTE} more per byte of it; over that it is
 *       {@link ParseResult#REGEX_BUDGET}.
 * </ul>
 *
 * <p>Thread: one lane. Never allocates, unless a pattern exhausts the stack.
 */
public final class RegexParser implements LineParser {

    /** The budget if none is given: {@value}. */
    public static final int BUDGET_DEFAULT = BudgetedText.STEPS_MIN;

    private final Matcher matcher;
    private final BudgetedText text;
    private final List<String> groupNames;
    private final AccessTime accessTime = new AccessTime();
    private final int[] groups;
    private final int[] groupKeys;
    private final int timestampField;
    private final int lineField;

    /**
     * Makes a parser with the default budget.
     *
     * @throws PatternSyntaxException if the pattern is no regular expression for bytes
     */
    public RegexParser(Keys keys, String pattern) {
        this(keys, pattern, BUDGET_DEFAULT);
    }

    /**
     * Makes a parser.
     *
     * @param budget how many looks at a byte any line may cost, its length aside
     * @throws PatternSyntaxException if the pattern is no regular expression for bytes
     */
    public RegexParser(Keys keys, String pattern, int budget) {
        requireNonNull(keys, "keys");
        Pattern compiled = BudgetedText.pattern(requireNonNull(pattern, "pattern"));
        matcher = compiled.matcher("");
        text = new BudgetedText(budget);
        timestampField = keys.id("timestamp_field");
        lineField = keys.id("line_field");
        List<String> names = GroupNames.of(pattern, matcher.groupCount());
        groupNames = names.stream().filter(name -> !name.isEmpty()).toList();
        groups = groupNames.stream().mapToInt(names::indexOf).toArray();
        groupKeys = groupNames.stream().mapToInt(keys::id).toArray();
    }

    /** The names of the pattern's groups, in their order. */
    public List<String> groupNames() {
        return groupNames;
    }

    @Override
    public Schema schema() {
        Map<String, FieldType> types = new LinkedHashMap<>();
        for (String name : groupNames) {
            switch (name) {
                case "level" -> {
                    types.put(name, FieldType.LEVEL);
                    types.put("level_word", FieldType.TEXT);
                }
                case "timestamp" -> {
                    types.put(name, FieldType.TIME);
                    types.put("timestamp_field", FieldType.TEXT);
                }
                case "line" -> types.put("line_field", FieldType.TEXT);
                default -> types.put(name, FieldType.TEXT);
            }
        }
        return new Schema(types, false);
    }

    @Override
    public ParseResult parse(LogEvent event) {
        byte[] line = event.bytes();
        int offset = event.lineOffset();
        BudgetedText.Outcome outcome = text.find(matcher, line, offset, event.lineLength());
        if (outcome != BudgetedText.Outcome.MATCH) {
            return outcome == BudgetedText.Outcome.NO_MATCH ? ParseResult.NO_MATCH : ParseResult.REGEX_BUDGET;
        }
        Fields fields = event.fields();
        if (fields.count() > Fields.COUNT_MAX - groups.length) {
            return ParseResult.FIELDS_FULL;
        }
        for (int i = 0; i < groups.length; i++) {
            int start = matcher.start(groups[i]);
            if (start >= 0) {
                set(event, groupKeys[i], offset + start, matcher.end(groups[i]) - start);
            }
        }
        return ParseResult.PARSED;
    }

    private void set(LogEvent event, int key, int offset, int length) {
        if (key >= 0) {
            event.fields().putSpan(key, offset, length);
        } else if (key == Keys.LEVEL) {
            Levels.set(event, event.bytes(), offset, length);
        } else if (key == Keys.LINE) {
            event.fields().putSpan(lineField, offset, length);
        } else {
            setTime(event, offset, length);
        }
    }

    private void setTime(LogEvent event, int offset, int length) {
        long ns = TimeText.parse(event.bytes(), offset, length);
        if (ns == LogEvent.NO_TIME && length == AccessTime.LENGTH) {
            ns = accessTime.parse(event.bytes(), offset);
        }
        if (ns == LogEvent.NO_TIME) {
            event.fields().putSpan(timestampField, offset, length);
        } else {
            event.setTimeNs(ns);
        }
    }
}
