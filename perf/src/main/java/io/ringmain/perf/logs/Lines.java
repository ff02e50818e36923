package io.ringmain.perf.logs;

import io.ringmain.logs.LogEvent;
import java.util.Arrays;

/**
 * Lines in memory, one behind the other in one array, without their line ends.
 *
 * <p>Thread: any; they do not change.
 */
public final class Lines {

    private final byte[] bytes;
    private final int length;
    // Where each line begins, and behind them where one more would.
    private final int[] starts;

    private Lines(byte[] bytes, int length, int[] starts) {
        this.bytes = bytes;
        this.length = length;
        this.starts = starts;
    }

    /** Finds the lines in the first {@code length} bytes; what follows the last line end is left out. */
    public static Lines of(byte[] bytes, int length) {
        int[] starts = new int[1024];
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                count++;
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, 2 * count);
                }
                starts[count] = i + 1;
            }
        }
        return new Lines(bytes, starts[count], Arrays.copyOf(starts, count + 1));
    }

    /** How many lines there are. */
    public int count() {
        return starts.length - 1;
    }

    /** How many bytes they have, with their line ends. */
    public int length() {
        return length;
    }

    /** The array that they stand in, from index 0. */
    public byte[] bytes() {
        return bytes;
    }

    /** Lets {@code event}, which must be clear, refer to the line at {@code index}. */
    public void wrap(int index, LogEvent event) {
        int start = starts[index];
        int end = starts[index + 1] - 1;
        event.wrapLine(bytes, start, end > start && bytes[end - 1] == '\r' ? end - 1 - start : end - start);
    }
}
