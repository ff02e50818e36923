package io.ringmain.spi;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A failed event as a lane hands it over; the event is a number that says how many bytes it holds. */
public record FailedLong(String stage, String source, long position, int attempts, long bytes)
        implements FailedEvent<long[]> {

    private static final class Refused extends Exception implements Reasoned {

        private static final long serialVersionUID = 1;

        Refused() {
            super("m");
        }

        @Override
        public String reason() {
            return "refused";
        }
    }

    /** How the numbers are copied and written. */
    public static final Portable<long[]> TYPE = new Portable<>() {
        @Override
        public long[] create() {
            return new long[1];
        }

        @Override
        public void clear(long[] event) {
            event[0] = 0;
        }

        @Override
        public void copy(long[] from, long[] to) {
            to[0] = from[0];
        }

        @Override
        public long bytes(long[] event) {
            return event[0];
        }

        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(long[] event, DataOutput out) throws IOException {
            out.writeLong(event[0]);
        }

        @Override
        public void read(long[] event, DataInput in, int format) throws IOException {
            event[0] = in.readLong();
        }
    };

    /** One of source {@code s} that failed at once. */
    public static FailedLong at(long position) {
        return new FailedLong("stage", "s", position, 1, 0);
    }

    /** One that holds so many bytes. */
    public static FailedLong of(long bytes) {
        return new FailedLong("stage", "s", 0, 1, bytes);
    }

    @Override
    public String pipeline() {
        return "p";
    }

    @Override
    public Exception cause() {
        return new Refused();
    }

    @Override
    public boolean positionLasts() {
        return true;
    }

    @Override
    public long ingressNs() {
        return 0;
    }

    @Override
    public long[] event() {
        return new long[] {bytes};
    }

    @Override
    public EventType<long[]> type() {
        return TYPE;
    }
}
