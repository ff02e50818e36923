package io.ringmain.logs.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What expressions are for one event: the tables in {@code expressions/}, an expression and its value in each line. */
@Timeout(60)
class ExpressionTest {

    private final Sample sample = new Sample();
    private final Value value = new Value();

    static Stream<Arguments> all() {
        return lines("numbers.txt", "conditions.txt", "levels-and-times.txt", "texts.txt", "anything.txt");
    }

    /** Without durations: where one is known only by its type, nobody can know. */
    static Stream<Arguments> withoutDurations() {
        return lines("numbers.txt", "conditions.txt", "texts.txt");
    }

    private static Stream<Arguments> lines(String... names) {
        return Stream.of(names).flatMap(name -> Table.read(name).lines().map(line -> {
            int arrow = line.lastIndexOf("->");
            return Arguments.of(
                    name,
                    line.substring(0, arrow).strip(),
                    line.substring(arrow + 2).strip());
        }));
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatItIsStandsInTheTable(String table, String text, String expected) throws Exception {
        boolean isOpen = table.equals("anything.txt");
        Expression expression = Expression.compile(text, isOpen ? Sample.OPEN : Sample.CLOSED, sample.keys);

        expression.evaluate(sample.event, value);

        assertThat(show(value)).isEqualTo(expected);
        assertThat(expression.test(sample.event))
                .as("test")
                .isEqualTo(expected.equals("true") && expression.type() != FieldType.TEXT);
        assertThat(expression.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("withoutDurations")
    void whatIsKnownToBeTypedIsTheSameUntyped(String table, String text, String expected) throws Exception {
        Expression expression = Expression.compile(text, Sample.OPEN, sample.keys);

        expression.evaluate(sample.event, value);

        assertThat(show(value)).isEqualTo(expected);
    }

    private static String show(Value value) {
        if (value.isMissing()) {
            return "missing";
        }
        return value.kind() == Value.Kind.TIME
                ? Instant.ofEpochSecond(0, value.longValue()).toString()
                : value.toString().replace("\n", "⏎");
    }

    private Expression compile(String text) throws ExpressionException {
        return Expression.compile(text, Sample.CLOSED, sample.keys);
    }

    @Test
    void theTypeIsKnownBeforeTheFirstEvent() throws Exception {
        assertThat(compile("status + 1").type()).isEqualTo(FieldType.NUMBER);
        assertThat(compile("method + 'x'").type()).isEqualTo(FieldType.TEXT);
        assertThat(compile("status == 1").type()).isEqualTo(FieldType.BOOLEAN);
        assertThat(compile("timestamp").type()).isEqualTo(FieldType.TIME);
        assertThat(compile("timestamp - timestamp").type()).isEqualTo(FieldType.DURATION);
        assertThat(compile("coalesce(level, INFO)").type()).isEqualTo(FieldType.LEVEL);
        assertThat(compile("coalesce(size, 5)").type()).isEqualTo(FieldType.ANY);
        assertThat(compile("null").type()).isEqualTo(FieldType.ANY);
    }

    @Test
    void theFieldsItReadsAreKnown() throws Exception {
        Expression expression = compile("status > 1 and `a-b` == 'x' and status < bytes and level >= WARN");

        assertThat(expression.fieldNames()).containsExactly("status", "a-b", "bytes", "level");
    }

    @Test
    void whatEveryEventHasIsKnownInAnOpenSchema() throws Exception {
        assertThat(Expression.compile("timestamp", Sample.OPEN, new Keys()).type())
                .isEqualTo(FieldType.TIME);
        assertThat(Expression.compile("level", Sample.OPEN, new Keys()).type()).isEqualTo(FieldType.LEVEL);
        assertThat(Expression.compile("line", Sample.OPEN, new Keys()).type()).isEqualTo(FieldType.TEXT);
        assertThat(Expression.compile("ingest_time", Sample.OPEN, new Keys()).type())
                .isEqualTo(FieldType.TIME);
        assertThat(Expression.compile("other", Sample.OPEN, new Keys()).type()).isEqualTo(FieldType.ANY);
    }

    @Test
    void theLineItselfIsAField() throws Exception {
        Schema lines = Schema.LINES;

        assertThat(Expression.condition("line matches '^GET .*\\[1,2]$'", lines, sample.keys)
                        .test(sample.event))
                .isTrue();
    }

    @Test
    void anEmptyEventHasNothing() throws Exception {
        for (String text : new String[] {"status == 0", "level >= TRACE", "timestamp > '1970-01-01'", "secure"}) {
            assertThat(compile(text).test(new LogEvent())).as(text).isFalse();
            assertThat(compile("not " + text).test(new LogEvent())).as(text).isTrue();
        }
    }

    @Test
    void whatIsNotWhatTheSchemaSaysIsMissing() throws Exception {
        sample.event.fields().putText(sample.keys.id("status"), Text.of("200"));
        sample.event.fields().putLong(sample.keys.id("method"), 5);

        assertThat(compile("status == 200").test(sample.event)).isFalse();
        assertThat(compile("exists(status)").test(sample.event)).isFalse();
        assertThat(compile("exists(method)").test(sample.event)).isFalse();
    }

    @Test
    void aNumberThatIsNoneIsNotEqualToItself() throws Exception {
        sample.event.fields().putDouble(sample.keys.id("half"), Double.NaN);

        assertThat(compile("half == half").test(sample.event)).isFalse();
        assertThat(compile("half != half").test(sample.event)).isTrue();
        assertThat(compile("half > 0").test(sample.event)).isFalse();
        assertThat(compile("0.5 > half").test(sample.event)).isFalse();
    }

    @Test
    void aRegularExpressionThatTakesTooLongIsARejection() throws Exception {
        Expression expression = Expression.condition("line matches '^(a|aa)+\\\\1?$'", Schema.LINES, sample.keys);
        sample.event.setLine("a".repeat(60) + "!");

        assertThatThrownBy(() -> expression.test(sample.event))
                .isSameAs(RejectedException.of(ParseResult.REGEX_BUDGET));

        sample.event.setLine("aaaa");
        assertThat(expression.test(sample.event)).isTrue();
    }

    @Test
    void textThatNoEventCouldHoldIsMissing() throws Exception {
        sample.event.setLine("x".repeat(LogEvent.LINE_BYTES_MAX));
        Expression once = Expression.compile("upper(line)", Schema.LINES, sample.keys);
        Expression twice = Expression.compile("line + line", Schema.LINES, sample.keys);

        once.evaluate(sample.event, value);
        assertThat(value.length()).isEqualTo(LogEvent.SPARE_BYTES_MAX);
        twice.evaluate(sample.event, value);
        assertThat(value.isMissing()).isTrue();
    }

    @Test
    void aConstantMayBeKept() throws Exception {
        compile("upper('get') + '!'").evaluate(sample.event, value);

        assertThat(value.constant()).isEqualTo(Text.of("GET!"));
    }

    @Test
    void aLevelIsTheFieldOfItsNameOnlyInBackquotes() throws Exception {
        Schema schema = new Schema(Map.of("ERROR", FieldType.ANY, "level", FieldType.LEVEL, "x", FieldType.ANY), false);

        assertThat(Expression.compile("level == ERROR", schema, sample.keys).fieldNames())
                .containsExactly("level");
        assertThat(Expression.compile("level == `ERROR`", schema, sample.keys).fieldNames())
                .containsExactly("level", "ERROR");
        assertThat(Expression.compile("x == ERROR", schema, sample.keys).fieldNames())
                .containsExactly("x", "ERROR");
        assertThat(Expression.compile("x == WARN", Sample.OPEN, sample.keys).fieldNames())
                .containsExactly("x");
        assertThat(Expression.compile("x == warn", Sample.OPEN, sample.keys).fieldNames())
                .containsExactly("x", "warn");
    }

    @Test
    void everyFunctionSaysWhatItIsAndItsExampleCompiles() throws Exception {
        Schema schema = Sample.CLOSED
                .with("user", FieldType.TEXT)
                .with("size", FieldType.TEXT)
                .with("referrer", FieldType.TEXT)
                .with("x", FieldType.NUMBER);
        assertThat(Functions.all()).hasSize(22);
        for (Functions.Function function : Functions.all()) {
            Expression expression = Expression.compile(function.example(), schema, sample.keys);

            assertThat(expression.text()).contains(function.name() + '(');
            assertThat(function.signature()).startsWith(function.name() + '(');
            assertThat(function.sentence()).matches("[A-Z].*\\.");
        }
    }
}
