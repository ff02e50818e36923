package io.ringmain.perf.journal;

import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A journal in memory: the blocks of one run, as the journal's lane wrote them. */
final class Blocks implements Journal {

    private static final int HASH_BASE = 31;

    private final List<byte[]> blocks = new ArrayList<>();
    private JournalHead head = new JournalHead("none", 0, 0, 0, 0);
    private JournalFoot foot = new JournalFoot(false, 0, List.of());
    private long bytes;

    @Override
    public void open(JournalHead begins) {
        head = begins;
    }

    @Override
    public boolean append(byte[] block, int length) {
        blocks.add(Arrays.copyOf(block, length));
        bytes += length;
        return true;
    }

    @Override
    public void flush() {}

    @Override
    public void close(JournalFoot ends) {
        foot = ends;
    }

    JournalHead head() {
        return head;
    }

    JournalFoot foot() {
        return foot;
    }

    List<byte[]> all() {
        return blocks;
    }

    long bytes() {
        return bytes;
    }

    /** Adds to {@code hash} what entries {@code block} has. */
    static long hash(long hash, JournalBlock block) throws IOException {
        long sum = hash;
        while (block.next()) {
            sum = HASH_BASE * sum + block.kind();
            sum = HASH_BASE * sum + block.position();
            sum = HASH_BASE * sum + block.eventBytes();
        }
        return sum;
    }
}
