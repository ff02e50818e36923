package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions of expressions; each is declared here once, for the compiler, the messages and the documentation. Thread: any. */
public final class Functions {

    /**
     * A function, for people.
     *
     * @param name what is written before the bracket
     * @param signature name, arguments and result with their types; what has a question mark may be left out, a last … stands for
     *     more of its kind, "any" is anything, "same" is one type throughout
     * @param sentence what it does
     * @param example an expression that uses it
     */
    public record Function(String name, String signature, String sentence, String example) {}

    /** Makes the node of a call whose arguments have been checked. */
    interface Maker {
        Node make(FieldType result, List<Node> arguments);
    }

    /** A function, for the compiler. */
    record Definition(Function function, Signature signature, Maker maker) {}

    private static final Map<String, Definition> BY_NAME = new LinkedHashMap<>();

    static {
        choices();
        texts();
        searches();
        numbers();
        times();
    }

    private Functions() {}

    /** All functions, related ones together. */
    public static List<Function> all() {
        List<Function> all = new ArrayList<>();
        BY_NAME.values().forEach(definition -> all.add(definition.function()));
        return all;
    }

    static @Nullable Definition find(String name) {
        return BY_NAME.get(name);
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    private static void add(String signature, String sentence, String example, Maker maker) {
        Signature parsed = new Signature(signature);
        Function function = new Function(parsed.name(), signature, sentence, example);
        BY_NAME.put(parsed.name(), new Definition(function, parsed, maker));
    }

    private static void choices() {
        add(
                "exists(x: any): boolean",
                "Whether there is a value.",
                "exists(referrer)",
                (type, of) -> new Logic.Exists(of.get(0)));
        add(
                "coalesce(x: same, …): same",
                "The first value that is not missing.",
                "coalesce(user, 'nobody')",
                Logic.Coalesce::new);
        add(
                "if(condition: boolean, then: same, else: same): same",
                "The second argument if the first is true, else the third.",
                "if(status >= 500, 'bad', 'good')",
                Logic.If::new);
        add(
                "text(x: any): text",
                "The value as text; a time in ISO 8601, a duration in nanoseconds.",
                "text(status)",
                (type, of) -> Converted.to(FieldType.TEXT, of.get(0)));
        add(
                "number(x: text): number",
                "The number that a text is, with sign, fraction and exponent; missing if it is none.",
                "number(size) > 100",
                (type, of) -> Converted.to(FieldType.NUMBER, of.get(0)));
    }

    private static void texts() {
        add(
                "lower(x: text): text",
                "The text with small letters; only A to Z change.",
                "lower(method)",
                (type, of) -> new Texts.Cased(false, of.get(0)));
        add(
                "upper(x: text): text",
                "The text with capital letters; only a to z change.",
                "upper(method)",
                (type, of) -> new Texts.Cased(true, of.get(0)));
        add(
                "trim(x: text): text",
                "The text without spaces, tabs and line ends around it.",
                "trim(user)",
                (type, of) -> new Texts.Trimmed(of.get(0)));
        add(
                "length(x: text): number",
                "How many characters the text has.",
                "length(path) > 1000",
                (type, of) -> new Texts.Length(of.get(0)));
        add(
                "substring(x: text, start: number, count?: number): text",
                "The characters from start on, counted from 0, all or so many; what is not there is left out.",
                "substring(path, 0, 4)",
                (type, of) -> new Texts.Part(of));
        add(
                "concat(x: any, …): text",
                "The values as text, one behind the other; missing if one is.",
                "concat(method, ' ', path)",
                (type, of) -> new Texts.Joined(of));
    }

    private static void searches() {
        add(
                "contains(x: text, part: text): boolean",
                "Whether the second text stands in the first.",
                "contains(path, '/admin')",
                (type, of) -> new Texts.Has(Texts.Place.ANYWHERE, of.get(0), of.get(1)));
        add(
                "starts_with(x: text, part: text): boolean",
                "Whether the first text begins with the second.",
                "starts_with(path, '/api/')",
                (type, of) -> new Texts.Has(Texts.Place.START, of.get(0), of.get(1)));
        add(
                "ends_with(x: text, part: text): boolean",
                "Whether the first text ends with the second.",
                "ends_with(path, '.png')",
                (type, of) -> new Texts.Has(Texts.Place.END, of.get(0), of.get(1)));
    }

    private static void numbers() {
        number("abs(x: number): number", "The number without its sign.", "abs(x)", Arithmetic.Function.ABS);
        number(
                "floor(x: number): number",
                "The greatest whole number that is not greater.",
                "floor(bytes / 1024)",
                Arithmetic.Function.FLOOR);
        number(
                "ceil(x: number): number",
                "The least whole number that is not less.",
                "ceil(bytes / 1024)",
                Arithmetic.Function.CEIL);
        number(
                "round(x: number): number",
                "The nearest whole number; halves go away from zero.",
                "round(bytes / 1024)",
                Arithmetic.Function.ROUND);
        add(
                "min(x: number, …): number",
                "The least of the numbers; missing if one is.",
                "min(bytes, 1_000_000)",
                (type, of) -> new Arithmetic.Extreme(true, of));
        add(
                "max(x: number, …): number",
                "The greatest of the numbers; missing if one is.",
                "max(bytes, 0)",
                (type, of) -> new Arithmetic.Extreme(false, of));
    }

    private static void number(String signature, String sentence, String example, Arithmetic.Function function) {
        add(signature, sentence, example, (type, of) -> new Arithmetic.OfOne(FieldType.NUMBER, function, of.get(0)));
    }

    private static void times() {
        add(
                "truncate(time: time, step: duration): time",
                "The time, down to a multiple of the step since 1970, in UTC.",
                "truncate(timestamp, 1m)",
                (type, of) -> new Times.Truncated(of.get(0), of.get(1)));
        add(
                "hour(time: time): number",
                "The hour of the day from 0 to 23, in UTC.",
                "hour(timestamp) < 6",
                (type, of) -> new Times.Hour(of.get(0)));
    }
}
