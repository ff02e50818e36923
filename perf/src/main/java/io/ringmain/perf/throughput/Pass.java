package io.ringmain.perf.throughput;

import java.io.IOException;

/** One way to go through an input. */
interface Pass {

    /**
     * What was there.
     *
     * @param bytes how many bytes, with line ends
     * @param lines how many lines; 0 for whoever does not look
     * @param hash what came out, the same each time
     */
    record Seen(long bytes, long lines, long hash) {}

    /** What the table calls it. */
    String title();

    /** Goes through the input once. */
    Seen run() throws IOException;
}
