package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes random expressions of a type, each with its text and its meaning. */
final class RandomTerms {

    /** What is true for one event: {@link Naive} values by name. */
    @FunctionalInterface
    interface Meaning {
        @Nullable
        Object of(Map<String, Object> event);
    }

    /** An expression; {@code precedence} is that of its outermost operator. */
    record Term(String text, int precedence, Meaning meaning) {
        @Nullable
        Object of(Map<String, Object> event) {
            return meaning.of(event);
        }
    }

    static final List<FieldType> FIELD_TYPES = List.of(
            FieldType.TEXT,
            FieldType.NUMBER,
            FieldType.BOOLEAN,
            FieldType.TIME,
            FieldType.DURATION,
            FieldType.LEVEL,
            FieldType.ANY);
    static final int FIELDS_PER_TYPE = 3;
    static final List<String> WORDS = List.of(
            "",
            "a",
            "GET",
            "get",
            " x ",
            "12",
            "1.5",
            "-3",
            "true",
            "false",
            "ERROR",
            "warning",
            "5s",
            "20ms",
            "äö日",
            "a\"b\\c'");

    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int COMPARISON = 4;
    private static final int SUM = 5;
    private static final int PRODUCT = 6;
    private static final int SIGN = 7;
    private static final int VALUE = 8;
    private static final List<String> SIGNS = List.of("==", "!=", "<", "<=", ">", ">=");

    private final Random random;

    RandomTerms(Random random) {
        this.random = random;
    }

    static String name(FieldType type, int index) {
        // LEVEL and TIME are what each event has of its own.
        return type == FieldType.LEVEL
                ? "level"
                : type == FieldType.TIME && index == 0
                        ? "timestamp"
                        : type.name().toLowerCase(Locale.ROOT) + index;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String in(Term term, int least) {
        boolean isWrapped = term.precedence < least || random.nextInt(10) == 0;
        return isWrapped ? "(" + term.text + ')' : term.text;
    }

    private static Term value(String text, Meaning meaning) {
        return new Term(text, VALUE, meaning);
    }

    Term term(FieldType type, int depth) {
        int choice = random.nextInt(8);
        if (depth <= 0 || choice == 0) {
            return leaf(type);
        }
        if (choice == 1) {
            return choosing(type, depth - 1);
        }
        return switch (type) {
            case BOOLEAN -> condition(depth - 1);
            case NUMBER -> number(depth - 1);
            case TEXT -> text(depth - 1);
            case TIME -> time(depth - 1);
            case DURATION -> duration(depth - 1);
            case LEVEL, ANY -> leaf(type);
        };
    }

    /** What is of the type, or may be. */
    private Term wanted(FieldType type, int depth) {
        if (random.nextInt(6) > 0) {
            return term(type, depth);
        }
        Term any = leaf(FieldType.ANY);
        return new Term(any.text, any.precedence, event -> Naive.convert(any.of(event), type));
    }

    private Term leaf(FieldType type) {
        boolean hasLiteral = type == FieldType.NUMBER
                || type == FieldType.TEXT
                || type == FieldType.BOOLEAN
                || type == FieldType.DURATION;
        if (!hasLiteral || random.nextInt(3) > 0) {
            String name = name(type, random.nextInt(FIELDS_PER_TYPE));
            return value(name, event -> event.get(name));
        }
        return literal(type);
    }

    private Term literal(FieldType type) {
        if (type == FieldType.BOOLEAN) {
            boolean yes = random.nextBoolean();
            return value(Boolean.toString(yes), event -> yes);
        }
        if (type == FieldType.TEXT) {
            String word = one(WORDS);
            return value(quoted(word), event -> word);
        }
        if (type == FieldType.DURATION) {
            String text = random.nextInt(100) + one(List.of("ns", "us", "ms", "s", "m", "h", "d"));
            return value(text, event -> Naive.duration(text));
        }
        String text = random.nextInt(4) == 0
                ? random.nextInt(100) + "." + random.nextInt(100) + one(List.of("", "e3", "E-2"))
                : Long.toString(random.nextInt(4) == 0 ? random.nextLong(Long.MAX_VALUE) : random.nextInt(20));
        return value(text, event -> Naive.number(text));
    }

    private String quoted(String word) {
        boolean isDouble = random.nextBoolean();
        String quote = isDouble ? "\"" : "'";
        return quote + word.replace("\\", "\\\\").replace(quote, "\\" + quote) + quote;
    }

    private Term choosing(FieldType type, int depth) {
        Term a = term(type, depth);
        Term b = term(type, depth);
        if (random.nextBoolean()) {
            return value("coalesce(" + a.text + ", " + b.text + ')', event -> {
                Object first = a.of(event);
                return first == null ? b.of(event) : first;
            });
        }
        Term condition = wanted(FieldType.BOOLEAN, depth);
        return value(
                "if(" + condition.text + ", " + a.text + ", " + b.text + ')',
                event -> isTrue(condition, event) ? a.of(event) : b.of(event));
    }

    private static boolean isTrue(Term condition, Map<String, Object> event) {
        return Boolean.TRUE.equals(condition.of(event));
    }

    private Term condition(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> {
                Term x = wanted(FieldType.BOOLEAN, depth);
                yield new Term(one(List.of("not ", "!")) + in(x, NOT), NOT, event -> !isTrue(x, event));
            }
            case 1 -> {
                Term x = wanted(FieldType.BOOLEAN, depth);
                Term y = wanted(FieldType.BOOLEAN, depth);
                String sign = one(List.of(" and ", " && "));
                yield new Term(in(x, AND) + sign + in(y, NOT), AND, event -> isTrue(x, event) && isTrue(y, event));
            }
            case 2 -> {
                Term x = wanted(FieldType.BOOLEAN, depth);
                Term y = wanted(FieldType.BOOLEAN, depth);
                String sign = one(List.of(" or ", " || "));
                yield new Term(in(x, OR) + sign + in(y, AND), OR, event -> isTrue(x, event) || isTrue(y, event));
            }
            case 3 -> search(depth);
            case 4 -> list(depth);
            default -> comparison(depth);
        };
    }

    private Term comparison(int depth) {
        FieldType type = one(FIELD_TYPES);
        boolean isMixed = random.nextInt(4) == 0;
        Term x = isMixed ? leaf(FieldType.ANY) : term(type, depth);
        Term y = type == FieldType.LEVEL && random.nextBoolean() ? level() : term(type, depth);
        String sign = type == FieldType.BOOLEAN ? one(SIGNS.subList(0, 2)) : one(SIGNS);
        boolean isDuration = type == FieldType.DURATION && isMixed;
        Meaning left = event -> isDuration ? Naive.convert(x.of(event), FieldType.DURATION) : x.of(event);
        return new Term(
                in(x, SUM) + ' ' + sign + ' ' + in(y, SUM),
                COMPARISON,
                event -> Naive.compares(sign, left.of(event), y.of(event)));
    }

    private Term level() {
        Level level = one(List.of(Level.values()));
        return value(level.name(), event -> level);
    }

    private Term list(int depth) {
        FieldType type = one(List.of(FieldType.TEXT, FieldType.NUMBER, FieldType.LEVEL, FieldType.ANY));
        FieldType others = type == FieldType.ANY ? one(List.of(FieldType.TEXT, FieldType.NUMBER)) : type;
        Term x = term(type, depth);
        Term a = type == FieldType.LEVEL ? level() : random.nextBoolean() ? literal(others) : term(others, depth);
        Term b = type == FieldType.LEVEL ? level() : literal(others);
        boolean isNot = random.nextBoolean();
        return new Term(
                in(x, SUM) + (isNot ? " not in (" : " in (") + a.text + ", " + b.text + ')',
                isNot ? NOT : COMPARISON,
                event -> isNot
                        != (Naive.compares("==", x.of(event), a.of(event))
                                || Naive.compares("==", x.of(event), b.of(event))));
    }

    private Term search(int depth) {
        Term x = wanted(FieldType.TEXT, depth);
        if (random.nextInt(4) == 0) {
            String regex = one(List.of("^[a-z]", "E", "\\\\d+$", "^$", "ä|b"));
            String plain = regex.replace("\\\\", "\\");
            return new Term(
                    in(x, SUM) + " matches \"" + regex + '"',
                    COMPARISON,
                    event -> x.of(event) instanceof String text
                            && java.util.regex.Pattern.compile(plain)
                                    .matcher(text)
                                    .find());
        }
        if (random.nextInt(4) == 0) {
            return value("exists(" + x.text + ')', event -> x.of(event) != null);
        }
        Term y = wanted(FieldType.TEXT, depth);
        String name = one(List.of("contains", "starts_with", "ends_with"));
        return value(name + '(' + x.text + ", " + y.text + ')', event -> {
            if (!(x.of(event) instanceof String text) || !(y.of(event) instanceof String part)) {
                return false;
            }
            return switch (name) {
                case "contains" -> text.contains(part);
                case "starts_with" -> text.startsWith(part);
                default -> text.endsWith(part);
            };
        });
    }

    private Term number(int depth) {
        Term x = wanted(FieldType.NUMBER, depth);
        Term y = wanted(FieldType.NUMBER, depth);
        switch (random.nextInt(7)) {
            case 0 -> {
                return new Term("-" + in(x, SIGN), SIGN, event -> Naive.negate(x.of(event)));
            }
            case 1 -> {
                String name = one(List.of("floor", "ceil", "round"));
                return value(name + '(' + x.text + ')', event -> Naive.whole(name, x.of(event)));
            }
            case 2 -> {
                boolean isLeast = random.nextBoolean();
                String text = (isLeast ? "min(" : "max(") + x.text + ", " + y.text + ')';
                return value(text, event -> {
                    Object a = x.of(event);
                    Object b = y.of(event);
                    boolean isSecond = Naive.compares(isLeast ? "<" : ">", b, a);
                    return a == null || b == null ? null : isSecond ? b : a;
                });
            }
            case 3 -> {
                return numberOfOther(depth);
            }
            default -> {
                String sign = one(List.of("+", "-", "*", "/", "%"));
                return binary(sign, x, y, event -> Naive.calculate(sign, x.of(event), y.of(event)));
            }
        }
    }

    private Term numberOfOther(int depth) {
        if (random.nextInt(3) == 0) {
            Term time = wanted(FieldType.TIME, depth);
            return value(
                    "hour(" + time.text + ')',
                    event -> time.of(event) instanceof Naive.Moment moment
                            ? (Object) (Math.floorMod(moment.ns(), 86_400_000_000_000L) / 3_600_000_000_000L)
                            : null);
        }
        Term text = wanted(FieldType.TEXT, depth);
        if (random.nextBoolean()) {
            return value(
                    "length(" + text.text + ')',
                    event -> text.of(event) instanceof String found
                            ? (Object) (long) found.codePointCount(0, found.length())
                            : null);
        }
        return value("number(" + text.text + ')', event -> Naive.convert(text.of(event), FieldType.NUMBER));
    }

    /** A literal zero to divide by is a mistake, so it stands in a field. */
    private Term binary(String sign, Term x, Term y, Meaning meaning) {
        boolean isProduct = !sign.equals("+") && !sign.equals("-");
        boolean isDivision = sign.equals("/") || sign.equals("%");
        String right = isDivision ? "coalesce(number0, " + y.text + ')' : in(y, isProduct ? SIGN : PRODUCT);
        Meaning divided = event -> {
            Object divisor = event.get("number0");
            return divisor == null ? y.of(event) : divisor;
        };
        Meaning whole = isDivision ? event -> Naive.calculate(sign, x.of(event), divided.of(event)) : meaning;
        return new Term(in(x, isProduct ? PRODUCT : SUM) + ' ' + sign + ' ' + right, isProduct ? PRODUCT : SUM, whole);
    }

    private Term text(int depth) {
        Term x = wanted(FieldType.TEXT, depth);
        Term y = term(FieldType.TEXT, depth);
        return switch (random.nextInt(6)) {
            case 0 -> {
                boolean isUpper = random.nextBoolean();
                yield value((isUpper ? "upper(" : "lower(") + x.text + ')', event -> Naive.cased(isUpper, x.of(event)));
            }
            case 1 -> value("trim(" + x.text + ')', event -> x.of(event) instanceof String text ? text.trim() : null);
            case 2 -> {
                Term start = wanted(FieldType.NUMBER, depth);
                Term count = wanted(FieldType.NUMBER, depth);
                yield value(
                        "substring(" + x.text + ", " + start.text + ", " + count.text + ')',
                        event -> Naive.substring(x.of(event), start.of(event), count.of(event)));
            }
            case 3 -> {
                Term other = term(one(FIELD_TYPES), depth);
                yield value("text(" + other.text + ')', event -> Naive.text(other.of(event)));
            }
            case 4 -> {
                Term other = term(one(FIELD_TYPES), depth);
                yield value("concat(" + other.text + ", " + y.text + ')', event -> {
                    Object a = Naive.text(other.of(event));
                    Object b = y.of(event);
                    return a == null || b == null ? null : (Object) (a.toString() + b);
                });
            }
            default ->
                new Term(in(y, SUM) + " + " + in(x, PRODUCT), SUM, event -> {
                    Object a = y.of(event);
                    Object b = x.of(event);
                    return a == null || b == null ? null : (Object) (a.toString() + b);
                });
        };
    }

    private Term time(int depth) {
        Term time = wanted(FieldType.TIME, depth);
        Term known = term(FieldType.TIME, depth);
        Term duration = wanted(FieldType.DURATION, depth);
        if (random.nextInt(3) > 0) {
            String sign = one(List.of("+", "-"));
            return new Term(
                    in(known, SUM) + ' ' + sign + ' ' + in(duration, PRODUCT),
                    SUM,
                    event -> Naive.moment(Naive.calculateNs(sign, known.of(event), duration.of(event))));
        }
        return value("truncate(" + time.text + ", " + duration.text + ')', event -> {
            if (!(time.of(event) instanceof Naive.Moment moment) || !(duration.of(event) instanceof Long step)) {
                return null;
            }
            Object rest = step > 0 ? (Object) Math.floorMod(moment.ns(), step) : null;
            return Naive.moment(Naive.calculateNs("-", moment, rest));
        });
    }

    private Term duration(int depth) {
        Term x = term(FieldType.DURATION, depth);
        Term y = wanted(FieldType.DURATION, depth);
        return switch (random.nextInt(4)) {
            case 0 -> {
                Term a = term(FieldType.TIME, depth);
                Term b = term(FieldType.TIME, depth);
                yield new Term(
                        in(a, SUM) + " - " + in(b, PRODUCT),
                        SUM,
                        event -> Naive.calculateNs("-", a.of(event), b.of(event)));
            }
            case 1 -> {
                Term number = wanted(FieldType.NUMBER, depth);
                yield new Term(
                        in(x, PRODUCT) + " * " + in(number, SIGN),
                        PRODUCT,
                        event -> Naive.scale("*", x.of(event), number.of(event)));
            }
            case 2 -> new Term("-" + in(x, SIGN), SIGN, event -> Naive.calculateNs("-", 0L, x.of(event)));
            default -> {
                String sign = one(List.of("+", "-"));
                yield new Term(
                        in(x, SUM) + ' ' + sign + ' ' + in(y, PRODUCT),
                        SUM,
                        event -> Naive.calculateNs(sign, x.of(event), y.of(event)));
            }
        };
    }
}
