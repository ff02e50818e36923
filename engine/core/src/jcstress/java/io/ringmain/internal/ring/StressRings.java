package io.ringmain.internal.ring;

import io.ringmain.spi.EventType;

/** The small rings of the stress tests: one number per event. */
final class StressRings {

    private static final EventType<long[]> NUMBER =
            EventType.of(() -> new long[1], number -> number[0] = 0, (from, to) -> to[0] = from[0]);

    private StressRings() {}

    static Ring<long[]> ring(boolean shared) {
        Ring<long[]> ring = Ring.of(NUMBER, 4, shared, () -> {});
        ring.gateOn(new LaneProgress());
        return ring;
    }
}
