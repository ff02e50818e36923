package io.ringmain.logs.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * The names of a pattern's groups by their numbers, which {@code java.util.regex} keeps to itself before JDK 20. Counts the opening
 * parentheses as it does, and compares the result with its own count.
 */
final class GroupNames {

    private static final String UNNAMED = "";

    private final String regex;
    private final List<String> names = new ArrayList<>();

    private GroupNames(String regex) {
        this.regex = regex;
        names.add(UNNAMED);
    }

    /** Returns the names, empty for a group that has none; index 0 is the whole match. */
    static List<String> of(String regex, int groupCount) {
        GroupNames found = new GroupNames(regex);
        found.find();
        if (found.names.size() != groupCount + 1) {
            throw new PatternSyntaxException(
                    "Cannot tell which group is which; remove parentheses and brackets from comments", regex, -1);
        }
        return List.copyOf(found.names);
    }

    private void find() {
        int i = 0;
        while (i < regex.length()) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i = skipEscape(i);
            } else if (c == '[') {
                i = skipClass(i);
            } else {
                if (c == '(') {
                    open(i);
                }
                i++;
            }
        }
    }

    private void open(int at) {
        boolean isNamed =
                regex.startsWith("(?<", at) && at + 3 < regex.length() && "=!".indexOf(regex.charAt(at + 3)) < 0;
        if (isNamed) {
            names.add(regex.substring(at + 3, regex.indexOf('>', at)));
        } else if (!regex.startsWith("(?", at)) {
            names.add(UNNAMED);
        }
    }

    private int skipEscape(int at) {
        if (regex.startsWith("\\Q", at)) {
            int end = regex.indexOf("\\E", at + 2);
            return end < 0 ? regex.length() : end + 2;
        }
        // \cX is a control character, whatever X is.
        return at + (regex.startsWith("\\c", at) ? 3 : 2);
    }

    private int skipClass(int at) {
        int i = regex.startsWith("[^", at) ? at + 2 : at + 1;
        // A bracket that comes first closes nothing.
        i += regex.startsWith("]", i) ? 1 : 0;
        while (i < regex.length() && regex.charAt(i) != ']') {
            char c = regex.charAt(i);
            i = c == '\\' ? skipEscape(i) : c == '[' ? skipClass(i) : i + 1;
        }
        return i + 1;
    }
}
