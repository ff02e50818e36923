package io.ringmain.logs.step;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import io.ringmain.window.Alert;
import io.ringmain.window.AnomalyRule;
import io.ringmain.window.AnomalyRules;
import io.ringmain.window.KeyTable;
import io.ringmain.window.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks rows of windows that are unusual for their group: {@link #FIELD}, {@link #VALUE}, {@link #BASELINE}, {@link #SEVERITY} and {@link #REASON} say what is, beside what, how bad that is, and
 * all in words. All rows go on. Where a row is marked already, the worse mark holds, and the reasons of both.
 *
 * <p>Thread: one lane. Allocates for the words of a mark, and where a group comes first, else never. A row whose value is no number is not judged; nor is one of a group that found no room, which is {@linkplain #unjudged counted}.
 */
public final class Alerts implements Stage<LogEvent>, Stateful {

    /** The field that names what is unusual: {@value}. */
    public static final String FIELD = "field";

    /** The field that has its value: {@value}. */
    public static final String VALUE = "value";

    /** The field that has what would be usual: {@value}. */
    public static final String BASELINE = "baseline";

    /** The field that says how bad it is, as {@link Severity} in small letters: {@value}. */
    public static final String SEVERITY = "severity";

    /** The field that says why, for people: {@value}. */
    public static final String REASON = "reason";

    private static final Map<Severity, Text> WORDS = words();

    private final int measured;
    private final int startField;
    private final int fieldField;
    private final int valueField;
    private final int baselineField;
    private final int severityField;
    private final int reasonField;
    private final Text name;
    private final GroupKeys groups;
    private final AnomalyRules<LogEvent> rules;
    // What the rules know a group by: its number.
    private final List<String> names = new ArrayList<>();
    private final Alert alert = new Alert();
    private final Value value = new Value();
    private int group;
    private boolean isUnusual;
    private long unjudged;

    /**
     * Makes one over fields that {@code keys}, those of the pipeline, has the numbers of.
     *
     * @param by the fields whose values tell the groups apart
     * @param rule what is unusual; its measure is the field
     * @param groupsMax how many groups are told apart, at least 1
     */
    public Alerts(Keys keys, List<String> by, AnomalyRule rule, int groupsMax) {
        requireNonNull(keys, "keys");
        measured = keys.id(rule.measure());
        name = Text.of(rule.measure());
        startField = keys.id(WindowSpec.START);
        fieldField = keys.id(FIELD);
        valueField = keys.id(VALUE);
        baselineField = keys.id(BASELINE);
        severityField = keys.id(SEVERITY);
        reasonField = keys.id(REASON);
        groups = new GroupKeys(keys, by, groupsMax);
        rules = new AnomalyRules<LogEvent>(this::startNs, this::startNs, row -> names.get(group), groupsMax)
                .add(rule, this::measure);
    }

    private static Map<Severity, Text> words() {
        Map<Severity, Text> words = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            words.put(severity, Text.of(severity.name().toLowerCase(Locale.ROOT)));
        }
        return words;
    }

    /** Rows so far whose groups found no room. */
    public long unjudged() {
        return unjudged;
    }

    private long startNs(LogEvent row) {
        return row.read(startField, value) && value.kind() == Value.Kind.TIME ? value.longValue() : 0;
    }

    private double measure(LogEvent row) {
        return row.read(measured, value) && Numbers.read(value) ? value.doubleValue() : Double.NaN;
    }

    private Alert claim() {
        isUnusual = true;
        return alert;
    }

    @Override
    public boolean process(LogEvent row) throws RejectedException {
        group = groups.number(row);
        if (group == KeyTable.OTHER) {
            unjudged++;
            return true;
        }
        name(group);
        isUnusual = false;
        rules.emit(row, this::claim);
        if (isUnusual) {
            mark(row);
        }
        return true;
    }

    private void name(int number) {
        while (names.size() <= number) {
            names.add(Integer.toString(names.size()));
        }
    }

    private void mark(LogEvent row) throws RejectedException {
        Severity before = severity(row);
        String reason = alert.reason();
        boolean isWorse = before == null || alert.severity().compareTo(before) > 0;
        if (before != null && row.read(reasonField, value)) {
            reason = isWorse ? reason + "; " + value : value + "; " + reason;
        }
        if (isWorse) {
            put(row, fieldField, name);
            row.read(measured, value);
            Assignment.putOrReject(row, valueField, value);
            value.setDouble(alert.baseline());
            Assignment.putOrReject(row, baselineField, value);
            put(row, severityField, requireNonNull(WORDS.get(alert.severity())));
        }
        put(row, reasonField, Text.of(reason));
    }

    private void put(LogEvent row, int field, Text text) throws RejectedException {
        value.setText(text);
        Assignment.putOrReject(row, field, value);
    }

    /** What the row is marked with; null if it is not. */
    private @Nullable Severity severity(LogEvent row) {
        if (!row.read(severityField, value)) {
            return null;
        }
        String word = value.toString();
        for (Map.Entry<Severity, Text> entry : WORDS.entrySet()) {
            if (entry.getValue().toString().equals(word)) {
                return entry.getKey();
            }
        }
        return null;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeLong(unjudged);
        groups.save(out);
        rules.save(out);
    }

    @Override
    public void load(DataInput in) throws IOException {
        unjudged = in.readLong();
        groups.load(in);
        rules.load(in);
    }
}
