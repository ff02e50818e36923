package io.ringmain.internal.ring;

import com.lmax.disruptor.Sequence;

/**
 * Makes a ring of a power of two hold fewer slots: publishers see the last lane as far behind as there are spare slots, so
 * the Disruptor's own check, single or multiple producer, stops them at the bound.
 */
final class BoundedGate extends Sequence {

    private final Sequence settled;
    private final int spare;

    BoundedGate(Sequence settled, int spare) {
        this.settled = settled;
        this.spare = spare;
    }

    @Override
    public long get() {
        return settled.get() - spare;
    }

    @Override
    public void set(long value) {
        // The ring sets a new gate to its cursor; this gate follows another sequence and is added before the first
        // event.
    }
}
