package io.ringmain.perf.throughput;

/** A program that does nothing: what it takes is the start of a JVM. */
public final class Nothing {

    private Nothing() {}

    /** Does nothing. */
    public static void main(String[] args) {}
}
