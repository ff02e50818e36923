package io.ringmain.logs.step;

import io.ringmain.logs.JsonText;
import io.ringmain.logs.LogEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** The JSON objects of one row, one behind the other; they become its line, because JSON fields are spans of the line. */
final class CountsJson {

    private byte[] bytes = new byte[256];
    private int length;

    void clear() {
        length = 0;
    }

    /**
     * Adds counts as an object and puts it into {@code row} as the field {@code key}. What would make the object longer than
     * {@code lengthMax} is added up as {@link AggregateSpec#OTHER}, with {@code others} and a value of that name.
     */
    void put(LogEvent row, int key, Map<String, Long> counts, long others, int lengthMax) {
        int begin = length;
        // Room for `,"other":` with the longest number and the brace.
        int endMax = begin + lengthMax - 32;
        long rest = others;
        byte separator = '{';
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            byte[] member = member(entry.getKey(), entry.getValue());
            if ((others > 0 && entry.getKey().equals(AggregateSpec.OTHER)) || length + 1 + member.length > endMax) {
                rest += entry.getValue();
                continue;
            }
            add(separator);
            add(member);
            separator = ',';
        }
        if (rest > 0) {
            add(separator);
            add(member(AggregateSpec.OTHER, rest));
        } else if (separator == '{') {
            add(separator);
        }
        add((byte) '}');
        row.fields().putJson(key, begin, length - begin);
    }

    private static byte[] member(String name, long count) {
        StringBuilder member = new StringBuilder(name.length() + 24);
        JsonText.quote(name, member);
        return member.append(':').append(count).toString().getBytes(StandardCharsets.UTF_8);
    }

    private void add(byte... added) {
        if (length + added.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + added.length, 2 * bytes.length));
        }
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
    }

    /** Makes what was added the line of {@code row}, if there is something. */
    void becomeLineOf(LogEvent row) {
        if (length > 0) {
            row.setLine(bytes, 0, length);
        }
    }
}
