package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Aggregates as one would write them at first: maps, lists, boxed and decimal numbers. */
final class AggregateModel {

    private static final String OTHERS = "the others";

    private final Keys keys;
    private final AggregateSpec spec;
    private final Map<Object, List<LogEvent>> groups = new LinkedHashMap<>();
    private final Map<String, Long> ignored = new LinkedHashMap<>();

    AggregateModel(Keys keys, AggregateSpec spec) {
        this.keys = keys;
        this.spec = spec;
        if (spec.by().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
    }

    /** One value: its place among the kinds, and what is compared there. */
    private record Boxed(int kind, Comparable<?> value) implements Comparable<Boxed> {
        @Override
        @SuppressWarnings("unchecked")
        public int compareTo(Boxed other) {
            int order = Integer.compare(kind, other.kind);
            return order != 0 ? order : ((Comparable<Object>) value).compareTo(other.value);
        }

        String text() {
            return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        }
    }

    private static @Nullable BigDecimal number(Value value) {
        try {
            return switch (value.kind()) {
                case LONG -> BigDecimal.valueOf(value.longValue());
                case DOUBLE -> new BigDecimal(value.doubleValue());
                case TEXT -> new BigDecimal(value.toString());
                default -> null;
            };
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private static Boxed boxed(Value value) {
        return switch (value.kind()) {
            case BOOLEAN -> new Boxed(0, value.booleanValue());
            case LONG, DOUBLE -> {
                BigDecimal number = new BigDecimal(value.toString()).stripTrailingZeros();
                yield new Boxed(1, number.signum() == 0 ? BigDecimal.ZERO : number);
            }
            case TIME -> new Boxed(2, value.longValue());
            case LEVEL -> new Boxed(3, value.level());
            case TEXT -> new Boxed(4, value.toString());
            case MISSING -> new Boxed(5, "");
        };
    }

    private Value value(LogEvent event, String field) {
        Value value = new Value();
        event.read(keys.id(field), value);
        return value;
    }

    void add(LogEvent event) {
        Object key = spec.by().stream().map(field -> boxed(value(event, field))).toList();
        if (!groups.containsKey(key) && groups.size() - (groups.containsKey(OTHERS) ? 1 : 0) == spec.groupsMax()) {
            key = OTHERS;
        }
        groups.computeIfAbsent(key, absent -> new ArrayList<>()).add(event);
    }

    long eventsInOther() {
        return groups.getOrDefault(OTHERS, List.of()).size();
    }

    Map<String, Long> ignored() {
        return ignored;
    }

    List<String> rows() {
        List<Object> ordered = new ArrayList<>(groups.keySet());
        ordered.sort(Comparator.<Object>comparingInt(key -> key.equals(OTHERS) ? 1 : 0)
                .thenComparing(AggregateModel::compareKeys));
        return whole(ordered.stream().map(this::row).toList());
    }

    /** The model does not tell 2 from 2.0. */
    static List<String> whole(List<String> rows) {
        return rows.stream().map(row -> row.replaceAll("\\.0(?= |$)", "")).toList();
    }

    @SuppressWarnings("unchecked")
    private static int compareKeys(Object left, Object right) {
        if (left.equals(OTHERS)) {
            return 0;
        }
        List<Boxed> a = (List<Boxed>) left;
        List<Boxed> b = (List<Boxed>) right;
        for (int i = 0; i < a.size(); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @SuppressWarnings("unchecked")
    private String row(Object key) {
        List<String> parts = new ArrayList<>();
        if (key.equals(OTHERS)) {
            spec.by().stream()
                    .filter(name -> !name.equals("level"))
                    .findFirst()
                    .ifPresent(name -> parts.add(name + "='other'"));
            parts.add("other=true");
        } else {
            List<Boxed> values = (List<Boxed>) key;
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i).kind() != 5) {
                    String quote = values.get(i).kind() == 4 ? "'" : "";
                    parts.add(spec.by().get(i) + '=' + quote + values.get(i).text() + quote);
                }
            }
        }
        List<LogEvent> events = groups.getOrDefault(key, List.of());
        spec.compute().forEach(computation -> compute(computation, events, parts));
        return String.join(" ", parts);
    }

    private void compute(Computation computation, List<LogEvent> events, List<String> parts) {
        String field = computation.field();
        if (field == null) {
            parts.add(computation.name() + '=' + events.size());
            return;
        }
        List<Value> values = events.stream()
                .map(event -> value(event, field))
                .filter(value -> !value.isMissing())
                .toList();
        List<BigDecimal> numbers = values.stream()
                .map(AggregateModel::number)
                .filter(number -> number != null)
                .toList();
        boolean takesTimes = computation.function() == Computation.Function.MIN
                || computation.function() == Computation.Function.MAX;
        List<Long> times = values.stream()
                .filter(value -> takesTimes && value.kind() == Value.Kind.TIME)
                .map(Value::longValue)
                .toList();
        long unusable = (long) values.size() - numbers.size() - times.size();
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        String result =
                switch (computation.function()) {
                    case COUNT -> "" + values.size();
                    case SUM -> numbers.isEmpty() ? "" : sum(numbers, sum);
                    case AVG -> numbers.isEmpty() ? "" : "" + sum.doubleValue() / numbers.size();
                    case MIN ->
                        numbers.isEmpty()
                                ? times.stream()
                                        .min(Long::compare)
                                        .map(Object::toString)
                                        .orElse("")
                                : text(numbers.stream()
                                        .min(BigDecimal::compareTo)
                                        .orElseThrow());
                    case MAX ->
                        times.isEmpty()
                                ? numbers.stream()
                                        .max(BigDecimal::compareTo)
                                        .map(AggregateModel::text)
                                        .orElse("")
                                : "" + times.stream().max(Long::compare).orElseThrow();
                    case COUNTS -> counts(values);
                    case VARIANCE, STDDEV, FIRST, LAST, DISTINCT, PERCENTILE, TOP ->
                        throw new IllegalArgumentException(computation + " (expected: see ComputationsTest)");
                };
        boolean countsAll = computation.function() == Computation.Function.COUNT
                || computation.function() == Computation.Function.COUNTS;
        if (unusable > 0 && !countsAll) {
            ignored.merge(computation.name(), unusable, Long::sum);
        }
        if (!result.isEmpty()) {
            parts.add(computation.name() + '=' + result);
        }
    }

    /** A sum is whole if what has a fraction adds up to nothing. */
    private static String sum(List<BigDecimal> numbers, BigDecimal sum) {
        BigDecimal fractions = numbers.stream()
                .filter(number -> number.stripTrailingZeros().scale() > 0)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return fractions.signum() == 0 ? text(sum) : Double.toString(sum.doubleValue());
    }

    private static String text(BigDecimal number) {
        try {
            return Long.toString(number.longValueExact());
        } catch (ArithmeticException noLong) {
            return Double.toString(number.doubleValue());
        }
    }

    private static String counts(List<Value> values) {
        Map<Boxed, Long> counts = new TreeMap<>();
        values.forEach(value -> counts.merge(boxed(value), 1L, Long::sum));
        Map<String, Long> byText = new LinkedHashMap<>();
        counts.forEach((value, count) -> byText.merge(
                value.kind() == 2
                        ? Instant.ofEpochSecond(0, (Long) value.value()).toString()
                        : value.text(),
                count,
                Long::sum));
        List<String> members = byText.entrySet().stream()
                .map(member -> '"' + member.getKey() + "\":" + member.getValue())
                .toList();
        return '{' + String.join(",", members) + '}';
    }
}
