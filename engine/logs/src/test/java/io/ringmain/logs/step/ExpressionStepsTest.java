package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.ringmain.logs.FieldType;
import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.expression.ExpressionException;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.testing.StageContract;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionStepsTest {

    private static final int EVENTS = 20_000;

    private final Keys keys = new Keys();
    private final int path = keys.id("path");
    private final int status = keys.id("status");
    private final int made = keys.id("made");
    private final Schema schema = new Schema(
            Map.of(
                    "path", FieldType.TEXT,
                    "status", FieldType.NUMBER,
                    "timestamp", FieldType.TIME,
                    "level", FieldType.LEVEL,
                    "made", FieldType.ANY),
            true);
    private final LogEvent event = new LogEvent();

    private Expression expression(String text) {
        try {
            return Expression.compile(text, schema, keys);
        } catch (ExpressionException wrong) {
            throw new AssertionError(text, wrong);
        }
    }

    private ComputeField compute(int key, String text) {
        return new ComputeField(key, expression(text));
    }

    private void fill(LogEvent filled) {
        filled.setLine("GET /Index.html 404");
        filled.setTimeNs(61_000_000_000L);
        filled.setLevel(Level.WARN);
        filled.fields().putSpan(path, 4, 11);
        filled.fields().putLong(status, 404);
    }

    private String after(ComputeField compute) throws RejectedException {
        event.clear();
        fill(event);
        compute.apply(event);
        return Rows.text(event, keys).replace("level=WARN timestamp=61000000000 path='/Index.html' status=404", "…");
    }

    @Test
    void aFilterKeepsWhatItsExpressionIsTrueFor() throws RejectedException {
        Filter filter = new Filter(expression("status >= 400 and level >= WARN"));
        fill(event);

        assertThat(filter.process(event)).isTrue();
        event.fields().putLong(status, 200);
        assertThat(filter.process(event)).isFalse();
        event.fields().remove(status);
        assertThat(filter.process(event)).isFalse();
    }

    @Test
    void eachKindOfValueIsStoredAsWhatItIs() throws RejectedException {
        assertThat(after(compute(made, "status + 1"))).isEqualTo("… made=405");
        assertThat(after(compute(made, "status * 0.5"))).startsWith("… made=202");
        assertThat(after(compute(made, "status == 404"))).isEqualTo("… made=true");
        assertThat(after(compute(made, "lower(path)"))).isEqualTo("… made='/index.html'");
        assertThat(after(compute(made, "'constant'"))).isEqualTo("… made='constant'");
        assertThat(after(compute(made, "level"))).isEqualTo("… made='WARN'");
        assertThat(after(compute(made, "truncate(timestamp, 1m)"))).isEqualTo("… made=60000000000");
        assertThat(event.fields().kind(event.fields().indexOf(made))).isEqualTo(Fields.Kind.TIME);
    }

    @Test
    void textOfTheEventIsSharedAndOtherTextIsCopied() throws RejectedException {
        after(compute(made, "path"));
        assertThat(event.fields().kind(event.fields().indexOf(made))).isEqualTo(Fields.Kind.SPAN);
        assertThat(event.spareLength()).isZero();

        compute(made, "lower(path)").apply(event);
        assertThat(event.fields().kind(event.fields().indexOf(made))).isEqualTo(Fields.Kind.SPARE);
        assertThat(event.spareLength()).isEqualTo(11);

        compute(keys.id("more"), "made").apply(event);
        assertThat(event.fieldText(keys.id("more"))).isEqualTo("/index.html");
        assertThat(event.spareLength()).isEqualTo(11);
    }

    @Test
    void aMissingValueRemovesTheField() throws RejectedException {
        assertThat(after(compute(status, "none + 1"))).isEqualTo("level=WARN timestamp=61000000000 path='/Index.html'");
        assertThat(after(compute(Keys.LEVEL, "none"))).startsWith("timestamp=61000000000 path");
    }

    @Test
    void levelAndTimeCanBeComputed() throws RejectedException {
        assertThat(after(compute(Keys.TIMESTAMP, "timestamp - 1s"))).startsWith("level=WARN timestamp=60000000000 ");
        assertThat(after(compute(Keys.LEVEL, "if(status >= 400, 'error', 'info')")))
                .startsWith("level=ERROR ");
        assertThatThrownBy(() -> after(compute(Keys.LEVEL, "path")))
                .isSameAs(RejectedException.of(ParseResult.UNKNOWN_LEVEL));
        assertThatThrownBy(() -> after(compute(Keys.TIMESTAMP, "path")))
                .isSameAs(RejectedException.of(ParseResult.BAD_TIME));
        assertThat(Rows.text(event, keys)).startsWith("level=WARN timestamp=61000000000 ");
        assertThatThrownBy(() -> compute(Keys.LINE, "path")).hasMessageStartingWith("compute: line");
    }

    @Test
    void anAttemptThatFailsLeavesTheEventAsItWas() throws RejectedException {
        fill(event);
        for (int key = event.fields().count(); key < Fields.COUNT_MAX; key++) {
            event.fields().putLong(1000 + key, key);
        }
        ComputeField lower = compute(made, "lower(path)");

        assertThatThrownBy(() -> lower.apply(event)).isSameAs(RejectedException.of(ParseResult.FIELDS_FULL));
        assertThat(event.spareLength()).isZero();
        event.fields().remove(1000 + 7);
        event.addSpare(LogEvent.SPARE_BYTES_MAX);
        assertThatThrownBy(() -> lower.apply(event)).isSameAs(RejectedException.of(ParseResult.SPARE_FULL));
        assertThat(event.fields().indexOf(made)).isNegative();
    }

    @Test
    void theStepsKeepTheContractOfStages() {
        StageContract.of(() -> new Filter(expression("status > 400")), LogEvent.TYPE, filled -> Rows.text(filled, keys))
                .given(this::fill)
                .given(LogEvent::clear)
                .check();
        for (String text : List.of("lower(path)", "status + 1", "coalesce(none, path)", "concat(path, '?')")) {
            StageContract.of(
                            () -> {
                                ComputeField compute = compute(path, text);
                                return filled -> {
                                    compute.apply(filled);
                                    return true;
                                };
                            },
                            LogEvent.TYPE,
                            filled -> Rows.text(filled, keys))
                    .given(this::fill)
                    .given(LogEvent::clear)
                    .given(this::fill)
                    .neverRetried()
                    .check();
        }
    }

    @Test
    void nothingIsAllocatedPerEvent() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Filter filter = new Filter(expression("status >= 400 and contains(path, 'Index')"));
        List<ComputeField> computes = List.of(
                compute(made, "concat(lower(path), '?x=', text(status))"),
                compute(keys.id("minute"), "truncate(timestamp, 1m)"),
                compute(status, "status + 0.5"));
        byte[] line = "GET /Index.html 404".getBytes(StandardCharsets.UTF_8);
        work(line, filter, computes, EVENTS);

        double least = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            // The JVM itself allocates now and then, for instance when it links a call; an event would in each window.
            long start = threads.getCurrentThreadAllocatedBytes();
            work(line, filter, computes, EVENTS);
            long once = threads.getCurrentThreadAllocatedBytes();
            work(line, filter, computes, 2 * EVENTS);
            long twice = threads.getCurrentThreadAllocatedBytes();
            least = Math.min(least, Math.abs(twice - once - (once - start)) / (double) EVENTS);
        }

        assertThat(least).isLessThan(0.01);
        assertThat(event.fieldText(made)).isEqualTo("/index.html?x=404");
    }

    private void work(byte[] line, Filter filter, List<ComputeField> computes, int events) throws Exception {
        for (int i = 0; i < events; i++) {
            event.clear();
            event.wrapLine(line, 0, line.length);
            event.setTimeNs(61_000_000_000L);
            event.fields().putSpan(path, 4, 11);
            event.fields().putLong(status, 404);
            if (!filter.process(event)) {
                throw new AssertionError("filtered");
            }
            for (int at = 0; at < computes.size(); at++) {
                computes.get(at).apply(event);
            }
        }
    }
}
