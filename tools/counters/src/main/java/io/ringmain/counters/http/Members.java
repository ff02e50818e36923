package io.ringmain.counters.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The members of a body: one JSON object of whole numbers, and of texts that need no escapes, as the names of counters do not.
 *
 * <p>Thread: one.
 */
final class Members {

    private static final Pattern MEMBER =
            Pattern.compile("\\s*\"([^\"\\\\\\p{Cntrl}]*)\"\\s*:\\s*(?:\"([^\"\\\\\\p{Cntrl}]*)\"|([-+.\\w]+))\\s*");
    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9]\\d*)");

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> numbers = new LinkedHashMap<>();

    private Members() {}

    /** Reads {@code body}, which may be empty, and checks that it has no other members than {@code names}. */
    static Members of(String body, String... names) throws WrongRequestException {
        var members = new Members();
        String trimmed = body.strip();
        if (!trimmed.isEmpty()) {
            members.read(trimmed, Arrays.asList(names));
        }
        return members;
    }

    private void read(String body, List<String> names) throws WrongRequestException {
        if (body.charAt(0) != '{' || body.charAt(body.length() - 1) != '}') {
            throw wrong("body: no JSON object (expected: " + example(names) + ')');
        }
        String inside = body.substring(1, body.length() - 1);
        Matcher member = MEMBER.matcher(inside);
        int at = 0;
        while (!inside.isBlank() && at <= inside.length()) {
            member.region(at, inside.length());
            boolean isMember = member.lookingAt();
            int end = isMember ? member.end() : at;
            if (!isMember || (end < inside.length() && inside.charAt(end) != ',')) {
                throw wrong("body: wrong at character " + (end + 2) + " (expected: " + example(names) + ')');
            }
            put(member, names);
            at = end + 1;
        }
    }

    private void put(Matcher member, List<String> names) throws WrongRequestException {
        String name = member.group(1);
        if (!names.contains(name)) {
            throw wrong("body." + name + ": unknown (expected: " + example(names) + ')');
        }
        boolean isText = member.group(2) != null;
        if (texts.containsKey(name)
                || numbers.containsKey(name)
                || (isText ? texts : numbers).put(name, member.group(isText ? 2 : 3)) != null) {
            throw wrong("body." + name + ": given twice (expected: once)");
        }
    }

    private static String example(List<String> names) {
        return names.isEmpty() ? "{}, or nothing" : "an object of " + String.join(", ", names);
    }

    private static WrongRequestException wrong(String message) {
        return new WrongRequestException(Answer.BAD_REQUEST, message);
    }

    /** The number called {@code name}. */
    long number(String name) throws WrongRequestException {
        String number = numbers.get(name);
        if (number == null) {
            throw wrong("body." + name + ": " + (texts.containsKey(name) ? "a text" : "missing")
                    + " (expected: a whole number)");
        }
        if (!WHOLE.matcher(number).matches()) {
            throw wrong("body." + name + ": " + number + " (expected: a whole number)");
        }
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException tooLarge) {
            throw wrong("body." + name + ": " + number + " (expected: within the range of 64 bits)");
        }
    }

    /** The number called {@code name}; {@code otherwise} if there is none. */
    long number(String name, long otherwise) throws WrongRequestException {
        return numbers.containsKey(name) || texts.containsKey(name) ? number(name) : otherwise;
    }

    /** The text called {@code name}. */
    String text(String name) throws WrongRequestException {
        String text = texts.get(name);
        if (text == null) {
            throw wrong("body." + name + ": " + (numbers.containsKey(name) ? numbers.get(name) : "missing")
                    + " (expected: the name of a counter)");
        }
        return text;
    }
}
