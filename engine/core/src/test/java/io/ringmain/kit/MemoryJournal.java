package io.ringmain.kit;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import io.ringmain.spi.JournalReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A journal on the heap, which is full when it is told so, and notes how it was called. */
public final class MemoryJournal implements Journal {

    private final List<byte[]> blocks = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private BooleanSupplier full = () -> false;
    private @Nullable Exception broken;
    private @Nullable JournalHead head;
    private @Nullable JournalFoot foot;
    private volatile long appended = -1;

    /** Makes it refuse blocks while {@code isFull}, which is asked each time. */
    public synchronized MemoryJournal fullWhile(BooleanSupplier isFull) {
        full = isFull;
        return this;
    }

    /** Makes it fail from now on. */
    public synchronized void breakWith(Exception failure) {
        broken = failure;
    }

    @Override
    public synchronized void open(JournalHead of) {
        head = of;
    }

    @Override
    public synchronized boolean append(byte[] block, int length) throws Exception {
        if (broken != null) {
            throw broken;
        }
        if (full.getAsBoolean()) {
            calls.add("full");
            return false;
        }
        byte[] copy = Arrays.copyOf(block, length);
        // Nobody may rely on what is behind it, or on what it was.
        Arrays.fill(block, (byte) -1);
        blocks.add(copy);
        calls.add("append");
        appended = last(copy);
        return true;
    }

    private static long last(byte[] bytes) throws IOException {
        var block = new JournalBlock();
        System.arraycopy(bytes, 0, block.room(bytes.length), 0, bytes.length);
        block.begin(bytes.length);
        while (block.next()) {
            // To the end.
        }
        return block.nextSequence() - 1;
    }

    @Override
    public synchronized void flush() throws Exception {
        if (broken != null) {
            throw broken;
        }
        calls.add("flush");
    }

    @Override
    public synchronized void close(JournalFoot of) {
        calls.add("close");
        foot = of;
    }

    @Override
    public boolean blocking() {
        return false;
    }

    /** The last sequence that was appended; -1 before the first. */
    public long appended() {
        return appended;
    }

    /** What was called, in order. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** The blocks. */
    public synchronized List<byte[]> blocks() {
        return List.copyOf(blocks);
    }

    /** What was said at the beginning. */
    public synchronized JournalHead head() {
        return requireNonNull(head, "head");
    }

    /** What was said at the end. */
    public synchronized JournalFoot foot() {
        return requireNonNull(foot, "foot");
    }

    /** Whether it was closed. */
    public synchronized boolean isClosed() {
        return foot != null;
    }

    /** Gives what was appended. */
    public JournalReader reader() {
        List<byte[]> all = blocks();
        return new JournalReader() {
            private int next;

            @Override
            public JournalHead head() {
                return MemoryJournal.this.head();
            }

            @Override
            public boolean next(JournalBlock block) throws IOException {
                if (next == all.size()) {
                    return false;
                }
                byte[] bytes = all.get(next);
                next++;
                System.arraycopy(bytes, 0, block.room(bytes.length), 0, bytes.length);
                block.begin(bytes.length);
                return true;
            }

            @Override
            public void close() {}
        };
    }

    /** The slots, each as its kind, source, position and time of entry. */
    public List<String> slots() throws IOException {
        List<String> slots = new ArrayList<>();
        var block = new JournalBlock();
        JournalReader reader = reader();
        while (reader.next(block)) {
            while (block.next()) {
                slots.add(
                        block.kind() == JournalBlock.NAME
                                ? block.source() + "=" + block.name()
                                : block.sequence() + ":" + block.kind() + ":" + block.source() + ":" + block.position()
                                        + "@" + block.ingressNs());
            }
        }
        return slots;
    }
}
