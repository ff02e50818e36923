package io.ringmain.internal.window;

import java.util.Arrays;

/** Sorts numbers by an order of their own, without allocating once it has grown: a merge sort from runs of one up. Thread: one. */
final class Sorting {

    /** Which of two numbers stands first. */
    @FunctionalInterface
    interface Order {

        int compare(int left, int right);
    }

    private final Order order;
    private int[] from = {};
    private int[] to = {};

    Sorting(Order order) {
        this.order = order;
    }

    /** An array to put {@code count} numbers into, for {@link #sorted}. */
    int[] room(int count) {
        if (from.length < count) {
            from = Arrays.copyOf(from, Math.max(count, 2 * from.length));
            to = new int[from.length];
        }
        return from;
    }

    /** Returns the first {@code count} numbers that {@link #room} was filled with in their order; good until the next call. */
    int[] sorted(int count) {
        for (int run = 1; run < count; run *= 2) {
            for (int low = 0; low < count; low += 2 * run) {
                merge(low, Math.min(count, low + run), Math.min(count, low + 2 * run));
            }
            int[] done = to;
            to = from;
            from = done;
        }
        return from;
    }

    private void merge(int low, int middle, int high) {
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            boolean isLeft = left < middle && (right == high || order.compare(from[left], from[right]) <= 0);
            to[i] = isLeft ? from[left++] : from[right++];
        }
    }
}
