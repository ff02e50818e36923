package io.ringmain.perf.work;

/** Whose side it is. */
public enum Kind {
    /** Ringmain. */
    RINGMAIN,
    /** A Disruptor wired by hand. */
    DISRUPTOR;

    /** Starts this side of {@code shape}. */
    public Side open(Shape shape, Feed feed, boolean blocking) {
        return switch (this) {
            case RINGMAIN -> new OurSide(shape, feed, blocking);
            case DISRUPTOR -> new RawSide(shape, feed, blocking);
        };
    }
}
