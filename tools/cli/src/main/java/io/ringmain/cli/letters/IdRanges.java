package io.ringmain.cli.letters;

import io.ringmain.journal.LetterId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Many numbers of letters in few bytes: {@code 0-5 0-7..9} are four. */
public final class IdRanges {

    private static final String SEPARATOR = "..";

    private IdRanges() {}

    /** Returns texts of at most {@code lengthMax} signs each that together show {@code ids}, which are sorted and each once. */
    public static List<String> texts(long[] ids, int lengthMax) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ids.length; ) {
            int last = i;
            while (last + 1 < ids.length && ids[last + 1] == ids[last] + 1) {
                last++;
            }
            String range = LetterId.text(ids[i]) + (last == i ? "" : SEPARATOR + (ids[last] & 0xFFFF_FFFFL));
            if (text.length() > 0 && text.length() + 1 + range.length() > lengthMax) {
                texts.add(text.toString());
                text.setLength(0);
            }
            text.append(text.length() == 0 ? "" : " ").append(range);
            i = last + 1;
        }
        if (text.length() > 0) {
            texts.add(text.toString());
        }
        return texts;
    }

    /**
     * Returns the numbers that {@code text} shows.
     *
     * @throws IllegalArgumentException if it is none of {@link #texts}
     */
    public static long[] ids(String text) {
        LongStream.Builder ids = LongStream.builder();
        for (String range : text.split(" ", -1)) {
            int at = range.indexOf(SEPARATOR);
            long first = LetterId.parse(at < 0 ? range : range.substring(0, at))
                    .orElseThrow(() -> new IllegalArgumentException(range + " (expected: a range of letters)"));
            long last = at < 0
                    ? first
                    : first - (first & 0xFFFF_FFFFL) + Long.parseLong(range.substring(at + SEPARATOR.length()));
            for (long id = first; id <= last; id++) {
                ids.add(id);
            }
        }
        return ids.build().toArray();
    }
}
