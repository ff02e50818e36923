package io.ringmain.internal.ring;

/** The writing side of a ring, as far as control events go. */
@FunctionalInterface
public interface ControlWriter {

    /** Publishes a control event; returns {@code false}, and does nothing, when the ring is full. */
    boolean control(int kind, long value, long nowNs);
}
