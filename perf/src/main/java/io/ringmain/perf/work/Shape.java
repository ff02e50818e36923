package io.ringmain.perf.work;

/** What stands behind the publisher. */
public enum Shape {
    /** One stage in one thread. */
    ONE("1P-1C, one stage"),
    /** Three stages in three threads. */
    THREADS("three stages, three threads"),
    /** Three stages in one thread; on the raw side one processor over an aggregate of three handlers. */
    FUSED("three stages, one thread"),
    /** As {@link #FUSED}, but the raw side's three stages are written by hand into one handler. */
    INLINED("three stages, raw hand-inlined");

    private final String title;

    Shape(String title) {
        this.title = title;
    }

    /** The shape in words. */
    public String title() {
        return title;
    }
}
