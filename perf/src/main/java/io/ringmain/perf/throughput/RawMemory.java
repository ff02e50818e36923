package io.ringmain.perf.throughput;

import io.ringmain.perf.logs.Lines;

/** One thread adds up the bytes of lines in memory. */
record RawMemory(String title, Lines lines) implements Pass {

    @Override
    public Seen run() {
        return new Seen(lines.length(), lines.count(), RawLoop.sum(lines.bytes(), lines.length()));
    }
}
