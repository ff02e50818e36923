package io.ringmain.perf.work;

import com.lmax.disruptor.AggregateEventHandler;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.dsl.ProducerType;

/** A Disruptor wired by hand: what the engine stands on, without accounts, columns and policies. */
public final class RawSide implements Side {

    private final Tally tally = new Tally();
    private final RawRing ring;
    private final Feed feed;
    private long number;

    /** Starts {@code shape}, fed as {@code feed} says; its threads block or yield when idle. */
    public RawSide(Shape shape, Feed feed, boolean blocking) {
        ring = new RawRing(feed == Feed.SOURCE ? ProducerType.SINGLE : ProducerType.MULTI, blocking);
        this.feed = feed;
        Sequence last =
                switch (shape) {
                    case ONE -> ring.add(tally);
                    case THREADS -> ring.add(tally, ring.add(new Keep(), ring.add(new Mix())));
                    case FUSED -> ring.add(new AggregateEventHandler<>(new Mix(), new Keep(), tally));
                    case INLINED -> ring.add(new Inlined(tally));
                };
        ring.start(last);
    }

    @Override
    public long move(long events) {
        tally.expect(events);
        long sinceNs = System.nanoTime();
        if (feed == Feed.ONE_BY_ONE) {
            publishOneByOne(events);
        } else {
            publishBatches(events);
        }
        tally.await();
        return System.nanoTime() - sinceNs;
    }

    private void publishOneByOne(long events) {
        for (long i = 0; i < events; i++) {
            ring.publish(number);
            number++;
        }
    }

    private void publishBatches(long events) {
        for (long i = 0; i < events; i += BATCH) {
            if (feed == Feed.YIELDING_BATCHES) {
                ring.awaitRoom(BATCH);
            }
            ring.publishBatch(number);
            number += BATCH;
        }
    }

    @Override
    public long hash() {
        return tally.hash();
    }

    @Override
    public void close() {
        ring.close();
    }
}
