package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lines of an access log in the combined format, made up: to try a pipeline without having a log. The same seed gives the same lines.
 * Their time begins on 1 January 2026 and advances by 10 ms a line, whatever the clock says.
 *
 * <p>Thread: as {@link LineSource}.
 */
public final class GenerateSource extends LineSource {

    /** As many lines as anybody takes, and as fast. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final int BLOCK_BYTES = 64 << 10;
    private static final long SECOND_NS = 1_000_000_000;

    private final Amount amount;
    private final LongSupplier nanoTime;
    private final AccessLog log;
    private final Bytes block = new Bytes();
    private final AtomicLong bytesRead = new AtomicLong();
    private int taken;
    private long made;
    private long startNs;
    private boolean begun;

    /**
     * What to make.
     *
     * @param seed the same one gives the same lines
     * @param count how many lines, at least 0; {@link #UNLIMITED} for no end
     * @param linesPerSecond how fast by the clock, from 1 to a billion; {@link #UNLIMITED} for as fast as they are taken
     */
    public record Amount(long seed, long count, long linesPerSecond) {

        /** Checks the numbers. */
        public Amount {
            if (count < 0) {
                throw new IllegalArgumentException("generate.count: " + count + " (expected: >= 0)");
            }
            if (linesPerSecond < 1 || (linesPerSecond > SECOND_NS && linesPerSecond != UNLIMITED)) {
                throw new IllegalArgumentException("generate.rate: " + linesPerSecond + " (expected: from 1 to "
                        + SECOND_NS + " lines per second)");
            }
        }
    }

    /** Makes a source of {@code amount}; the rate is measured by {@code nanoTime}, {@code System::nanoTime} as a rule. */
    public GenerateSource(Amount amount, LongSupplier nanoTime, LineSettings settings) {
        super(settings);
        this.amount = requireNonNull(amount, "amount");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
        log = new AccessLog(amount.seed());
    }

    @Override
    boolean next() {
        boolean first = !begun;
        begun = true;
        startNs = first ? nanoTime.getAsLong() : startNs;
        return first;
    }

    @Override
    int read(byte[] to, int offset, int length) {
        if (taken == block.length()) {
            if (made == amount.count()) {
                return -1;
            }
            make();
        }
        int count = Math.min(length, block.length() - taken);
        System.arraycopy(block.array(), taken, to, offset, count);
        taken += count;
        bytesRead.setOpaque(bytesRead.getOpaque() + count);
        return count;
    }

    /** Makes the lines that are due, but not more than a block. */
    private void make() {
        block.clear();
        taken = 0;
        long due = Math.min(amount.count(), due());
        while (made < due && block.length() < BLOCK_BYTES) {
            log.line(block);
            made++;
        }
    }

    /** How many lines should have been made by now; the first one at once. */
    private long due() {
        long rate = amount.linesPerSecond();
        if (rate == UNLIMITED) {
            return UNLIMITED;
        }
        long elapsedNs = nanoTime.getAsLong() - startNs;
        return elapsedNs / SECOND_NS * rate + elapsedNs % SECOND_NS * rate / SECOND_NS + 1;
    }

    @Override
    public long bytesRead() {
        return bytesRead.getOpaque();
    }

    /** Returns -1: how long the lines will be is not known before they are made. */
    @Override
    public long bytesTotal() {
        return -1;
    }

    @Override
    public String where(long position) {
        return "generated, byte " + position;
    }
}
