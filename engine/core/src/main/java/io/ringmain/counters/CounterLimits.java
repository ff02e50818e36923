package io.ringmain.counters;

/**
 * How many counters there may be, and how long their names.
 *
 * @param countersMax how many, at least 1; a single writer takes 8 bytes for each at once
 * @param nameCharsMax how many characters a name may have, from 1 to 1,000
 */
public record CounterLimits(int countersMax, int nameCharsMax) {

    /** 10,000 counters with names of up to 100 characters. */
    public static final CounterLimits DEFAULT = new CounterLimits(10_000, 100);

    private static final int NAME_CHARS_MAX = 1000;

    /** Checks the numbers. */
    public CounterLimits {
        if (countersMax < 1) {
            throw new IllegalArgumentException("limits.countersMax: " + countersMax + " (expected: >= 1)");
        }
        if (nameCharsMax < 1 || nameCharsMax > NAME_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "limits.nameCharsMax: " + nameCharsMax + " (expected: from 1 to " + NAME_CHARS_MAX + ')');
        }
    }

    /** Checks that {@code name} is one: letters, digits, and {@code _ . : -}, as many as may be. */
    String check(String name) {
        boolean isName = !name.isEmpty() && name.length() <= nameCharsMax;
        for (int i = 0; isName && i < name.length(); i++) {
            isName = isPartOfName(name.charAt(i));
        }
        if (!isName) {
            String shown = name.length() <= nameCharsMax ? name : name.substring(0, nameCharsMax) + "...";
            throw new IllegalArgumentException("counter " + shown + ": " + name.length()
                    + " characters (expected: from 1 to " + nameCharsMax + " of letters, digits, _ . : -)");
        }
        return name;
    }

    private static boolean isPartOfName(char sign) {
        return (sign >= 'a' && sign <= 'z')
                || (sign >= 'A' && sign <= 'Z')
                || (sign >= '0' && sign <= '9')
                || sign == '_'
                || sign == '.'
                || sign == ':'
                || sign == '-';
    }

    /** What is wrong when there is no room for the counter {@code name}. */
    IllegalStateException full(String name) {
        return new IllegalStateException("counter " + name + ": there are " + countersMax
                + " already (expected: fewer); use one of them, or raise countersMax");
    }
}
