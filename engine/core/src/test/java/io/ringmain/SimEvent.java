package io.ringmain;

import io.ringmain.spi.EventType;

/** An event of the simulation: who it is, and a sum of everything that was done to it. */
final class SimEvent {

    static final EventType<SimEvent> TYPE = EventType.of(SimEvent::new, SimEvent::clear, SimEvent::copy);

    long id = -1;
    int source = -1;
    long sum;

    void begin(int newSource, long newId) {
        source = newSource;
        id = newId;
        sum = firstSum(newId);
    }

    static long firstSum(long id) {
        return id * 0x9E3779B97F4A7C15L;
    }

    static long nextSum(long sum, int stage) {
        return sum * 31 + stage + 1;
    }

    private void clear() {
        id = -1;
        source = -1;
        sum = 0;
    }

    private static void copy(SimEvent from, SimEvent to) {
        to.id = from.id;
        to.source = from.source;
        to.sum = from.sum;
    }
}
