package io.ringmain.perf.work;

/** How the events get into the ring. */
public enum Feed {
    /** Published directly in batches of {@value Side#BATCH}; many producers could. */
    BATCHES("batches of 64"),
    /** As {@link #BATCHES}, but the raw publisher yields on a full ring; {@code RingBuffer.next} parks for a nanosecond. */
    YIELDING_BATCHES("64, raw yields"),
    /** Published directly, one by one; many producers could. */
    ONE_BY_ONE("one by one"),
    /** Ours from a pollable source, raw by a single producer in batches of {@value Side#BATCH}. */
    SOURCE("single producer");

    private final String title;

    Feed(String title) {
        this.title = title;
    }

    /** The feed in words. */
    public String title() {
        return title;
    }
}
