package io.ringmain.logs.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random expressions over random events are what another, simpler interpreter says. */
@Timeout(60)
class RandomExpressionsTest {

    private static final long SEED = Long.getLong("ringmain.seed", 20_261_121);
    private static final int EXPRESSIONS = 3_000;
    private static final int EVENTS_EACH = 10;
    private static final int DEPTH = 4;

    private final Random random = new Random(SEED);
    private final RandomTerms terms = new RandomTerms(random);
    private final Keys keys = new Keys();
    private final Schema schema = schema();
    private final Value value = new Value();
    private final LogEvent event = new LogEvent();

    private static Schema schema() {
        Map<String, FieldType> types = new LinkedHashMap<>();
        for (FieldType type : RandomTerms.FIELD_TYPES) {
            for (int i = 0; i < RandomTerms.FIELDS_PER_TYPE; i++) {
                types.put(RandomTerms.name(type, i), type);
            }
        }
        return new Schema(types, false);
    }

    @ParameterizedTest
    @EnumSource(names = {"BOOLEAN", "NUMBER", "TEXT", "TIME", "DURATION"})
    void theyAreWhatTheNaiveInterpreterSays(FieldType type) throws Exception {
        int known = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            RandomTerms.Term term = terms.term(type, random.nextInt(DEPTH + 1));
            String place = term.text() + "; repeat with -Dringmain.seed=" + SEED;
            Expression expression = compile(term.text(), place);
            for (int j = 0; j < EVENTS_EACH; j++) {
                Map<String, Object> fields = randomEvent();

                expression.evaluate(event, value);

                Object expected = term.of(fields);
                assertThat(unboxed(value)).as("%s over %s", place, fields).isEqualTo(expected);
                assertThat(expression.test(event))
                        .as("test of %s over %s", place, fields)
                        .isEqualTo(Boolean.TRUE.equals(expected));
                known += expected == null ? 0 : 1;
            }
        }
        assertThat(known).isGreaterThan(EXPRESSIONS * EVENTS_EACH / 4);
    }

    private Expression compile(String text, String place) {
        try {
            return Expression.compile(text, schema, keys);
        } catch (ExpressionException mistakes) {
            throw new AssertionError(place, mistakes);
        }
    }

    private static @Nullable Object unboxed(Value value) {
        return switch (value.kind()) {
            case MISSING -> null;
            case TEXT -> value.toString();
            case LONG -> value.longValue();
            case DOUBLE -> value.doubleValue();
            case BOOLEAN -> value.booleanValue();
            case TIME -> new Naive.Moment(value.longValue());
            case LEVEL -> value.level();
        };
    }

    private Map<String, Object> randomEvent() {
        Map<String, Object> fields = new HashMap<>();
        event.clear();
        event.setLine("some line");
        for (FieldType type : RandomTerms.FIELD_TYPES) {
            for (int i = 0; i < RandomTerms.FIELDS_PER_TYPE; i++) {
                String name = RandomTerms.name(type, i);
                if (random.nextInt(6) > 0 && !fields.containsKey(name)) {
                    Object field = randomValue(type);
                    fields.put(name, field);
                    put(name, field);
                }
            }
        }
        return fields;
    }

    private Object randomValue(FieldType type) {
        return switch (type) {
            case TEXT -> RandomTerms.WORDS.get(random.nextInt(RandomTerms.WORDS.size()));
            case NUMBER ->
                switch (random.nextInt(5)) {
                    case 0 -> random.nextInt(1000) / 8.0;
                    case 1 -> random.nextLong();
                    case 2 -> 0L;
                    default -> (long) random.nextInt(-20, 20);
                };
            case BOOLEAN -> random.nextBoolean();
            case TIME ->
                new Naive.Moment(
                        random.nextInt(8) == 0
                                ? random.nextLong(Long.MIN_VALUE + 1, Long.MAX_VALUE)
                                : random.nextLong(1L << 61));
            case DURATION -> random.nextInt(8) == 0 ? random.nextLong() : random.nextLong(100_000_000_000L);
            case LEVEL -> List.of(Level.values()).get(random.nextInt(Level.values().length));
            case ANY ->
                randomValue(List.of(FieldType.TEXT, FieldType.TEXT, FieldType.NUMBER, FieldType.BOOLEAN, FieldType.TIME)
                        .get(random.nextInt(5)));
        };
    }

    private void put(String name, Object field) {
        int key = keys.id(name);
        if (field instanceof Level level) {
            event.setLevel(level);
        } else if (key == Keys.TIMESTAMP) {
            event.setTimeNs(((Naive.Moment) field).ns());
        } else if (field instanceof Naive.Moment moment) {
            event.fields().putTime(key, moment.ns());
        } else if (field instanceof String text) {
            event.fields().putText(key, Text.of(text));
        } else if (field instanceof Long number) {
            event.fields().putLong(key, number);
        } else if (field instanceof Double number) {
            event.fields().putDouble(key, number);
        } else {
            event.fields().putBoolean(key, (Boolean) field);
        }
    }
}
