package io.ringmain.internal.window;

import java.util.Arrays;

/** Numbers by the time at which something is due for them, the least first: a binary heap in two arrays. Thread: one. Allocates when it grows. */
final class DueQueue {

    /** The time of nothing: {@value}. */
    static final long NEVER = Long.MAX_VALUE;

    private long[] times = new long[16];
    private int[] numbers = new int[16];
    private int count;

    /** The least time; {@link #NEVER} if it is empty. */
    long least() {
        return count == 0 ? NEVER : times[0];
    }

    boolean isEmpty() {
        return count == 0;
    }

    void add(long time, int number) {
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        int at = count++;
        while (at > 0 && times[(at - 1) / 2] > time) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        times[at] = time;
        numbers[at] = number;
    }

    /** Takes a number of the least time out; there is one. */
    int poll() {
        int first = numbers[0];
        count--;
        long time = times[count];
        int number = numbers[count];
        int at = 0;
        for (int child = 1; child < count; child = 2 * at + 1) {
            if (child + 1 < count && times[child + 1] < times[child]) {
                child++;
            }
            if (times[child] >= time) {
                break;
            }
            move(child, at);
            at = child;
        }
        times[at] = time;
        numbers[at] = number;
        return first;
    }

    private void move(int from, int to) {
        times[to] = times[from];
        numbers[to] = numbers[from];
    }
}
