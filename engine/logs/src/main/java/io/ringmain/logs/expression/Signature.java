package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a function takes and gives, read from how it is shown to people: {@code substring(x: text, start: number, count?: number): text}.
 * A {@code ?} marks what may be left out, a last {@code …} what may come more than once; {@code same} is one type throughout.
 */
final class Signature {

    private final String text;
    private final String name;
    private final List<@Nullable FieldType> wants = new ArrayList<>();
    private final List<Boolean> sameness = new ArrayList<>();
    private final boolean repeats;
    private final int least;
    private final @Nullable FieldType result;

    Signature(String text) {
        this.text = text;
        int open = text.indexOf('(');
        int close = text.indexOf("): ");
        name = text.substring(0, open);
        result = typeOf(text.substring(close + 3));
        int needed = 0;
        boolean more = false;
        for (String parameter : text.substring(open + 1, close).split(", ", -1)) {
            if (parameter.equals("…")) {
                more = true;
                continue;
            }
            String type = parameter.substring(parameter.indexOf(": ") + 2);
            wants.add(typeOf(type));
            sameness.add(type.equals("same"));
            needed += parameter.contains("?") ? 0 : 1;
        }
        repeats = more;
        least = needed;
    }

    /** Returns null for {@code same}. */
    private static @Nullable FieldType typeOf(String word) {
        return word.equals("same") ? null : FieldType.valueOf(word.toUpperCase(Locale.ROOT));
    }

    String text() {
        return text;
    }

    String name() {
        return name;
    }

    boolean takes(int count) {
        return count >= least && (repeats || count <= wants.size());
    }

    /** How many arguments are named. */
    int count() {
        return wants.size();
    }

    /** The number of arguments, in words. */
    String counts() {
        if (repeats) {
            return least + " or more";
        }
        return least == wants.size() ? Integer.toString(least) : least + " or " + wants.size();
    }

    /** What the argument has to be; {@link FieldType#ANY} for anything. */
    FieldType wanted(int argument) {
        FieldType type = wants.get(Math.min(argument, wants.size() - 1));
        return type == null ? FieldType.ANY : type;
    }

    /** Whether the argument has to be of the same type as others. */
    boolean isSame(int argument) {
        return sameness.get(Math.min(argument, wants.size() - 1));
    }

    /** What the function gives if its {@code same} arguments are of the type {@code same}. */
    FieldType result(FieldType same) {
        return result == null ? same : result;
    }
}
