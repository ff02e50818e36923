package io.ringmain.perf.work;

import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;

/**
 * Publishes events with numbers in a row.
 *
 * <p>Thread: the publishing one.
 */
public final class Numbering {

    private long next;

    private Numbering(long first) {
        next = first;
    }

    /** Publishes the numbers from {@code first} up to, not including, {@code end}, a multiple of {@link Side#BATCH} of them. */
    public static void publish(Publisher<Cell> publisher, Feed feed, long first, long end) {
        var numbering = new Numbering(first);
        if (feed == Feed.ONE_BY_ONE) {
            numbering.oneByOne(publisher, end);
        } else {
            numbering.batches(publisher, end);
        }
    }

    private static void fill(Cell cell, Numbering from) {
        cell.value = from.next;
    }

    private static void fillBatch(Cell cell, int index, Numbering from) {
        cell.value = from.next + index;
    }

    private void oneByOne(Publisher<Cell> publisher, long end) {
        while (next < end) {
            check(publisher.publish(Numbering::fill, this));
            next++;
        }
    }

    private void batches(Publisher<Cell> publisher, long end) {
        while (next < end) {
            check(publisher.publishBatch(Side.BATCH, Numbering::fillBatch, this));
            next += Side.BATCH;
        }
    }

    private static void check(Publication publication) {
        if (publication != Publication.PUBLISHED) {
            throw new IllegalStateException("publication: " + publication + " (expected: PUBLISHED)");
        }
    }
}
