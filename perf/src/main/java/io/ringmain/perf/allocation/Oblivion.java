package io.ringmain.perf.allocation;

import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;

/** A journal that takes everything and keeps nothing: what it costs to write down is all that is left. */
final class Oblivion implements Journal {

    private long bytes;

    @Override
    public void open(JournalHead head) {}

    @Override
    public boolean append(byte[] block, int length) {
        bytes += length;
        return true;
    }

    @Override
    public void flush() {}

    @Override
    public void close(JournalFoot foot) {
        if (bytes == 0) {
            throw new IllegalStateException("the journal was given nothing (expected: all events)");
        }
    }
}
