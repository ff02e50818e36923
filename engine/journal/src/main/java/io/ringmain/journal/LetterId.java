package io.ringmain.journal;

import java.util.OptionalLong;

/** How the number of a letter is shown: its file and its place there, such as {@code 12-345}. Later letters have larger numbers. */
public final class LetterId {

    private LetterId() {}

    /** Returns {@code id} as text. */
    public static String text(long id) {
        return (id >>> Integer.SIZE) + "-" + (id & 0xFFFF_FFFFL);
    }

    /** Returns the number that {@code text} shows; empty if it shows none. */
    public static OptionalLong parse(String text) {
        int dash = text.indexOf('-');
        if (!text.matches("\\d{1,10}-\\d{1,10}")) {
            return OptionalLong.empty();
        }
        long cycle = Long.parseLong(text.substring(0, dash));
        long sequence = Long.parseLong(text.substring(dash + 1));
        return cycle > Integer.MAX_VALUE || sequence > 0xFFFF_FFFFL
                ? OptionalLong.empty()
                : OptionalLong.of((cycle << Integer.SIZE) | sequence);
    }
}
