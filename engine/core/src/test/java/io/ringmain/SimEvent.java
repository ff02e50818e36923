package io.ringmain;

import io.ringmain.spi.EventType;
import io.ringmain.spi.Portable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** An event of the simulation: who it is, and a sum of everything that was done to it. */
final class SimEvent {

    static final EventType<SimEvent> TYPE = new Type();

    private static final int SOURCE_BITS = 12;

    long id = -1;
    int source = -1;
    long sum;
    /** The number of the letter as which it came back; 0 if it did not. */
    int letter;

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
        letter = 0;
    }

    private static final class Type implements Portable<SimEvent> {
        @Override
        public SimEvent create() {
            return new SimEvent();
        }

        @Override
        public void clear(SimEvent event) {
            event.clear();
        }

        @Override
        public void copy(SimEvent from, SimEvent to) {
            SimEvent.copy(from, to);
        }

        @Override
        public long bytes(SimEvent event) {
            return 1 + event.id % 16;
        }

        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(SimEvent event, DataOutput out) throws IOException {
            out.writeLong(event.id);
            out.writeInt(event.letter << SOURCE_BITS | event.source);
            out.writeLong(event.sum);
        }

        @Override
        public void read(SimEvent event, DataInput in, int format) throws IOException {
            event.id = in.readLong();
            int origin = in.readInt();
            event.source = origin & (1 << SOURCE_BITS) - 1;
            event.letter = origin >>> SOURCE_BITS;
            event.sum = in.readLong();
        }
    }

    private static void copy(SimEvent from, SimEvent to) {
        to.id = from.id;
        to.source = from.source;
        to.sum = from.sum;
        to.letter = from.letter;
    }
}
