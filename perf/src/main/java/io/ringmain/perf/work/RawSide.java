package io.ringmain.perf.work;

import com.lmax.disruptor.AggregateEventHandler;
import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.ArrayList;
import java.util.List;

/** A Disruptor wired by hand: what the engine stands on, without accounts, columns and policies. */
public final class RawSide implements Side {

    private final Tally tally = new Tally();
    private final RingBuffer<Cell> ring;
    private final Feed feed;
    private final List<BatchEventProcessor<Cell>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private long number;

    /** Starts {@code shape}, fed as {@code feed} says; its threads block or yield when idle. */
    public RawSide(Shape shape, Feed feed, boolean blocking) {
        WaitStrategy waiting = blocking ? new BlockingWaitStrategy() : new YieldingWaitStrategy();
        ProducerType producers = feed == Feed.SOURCE ? ProducerType.SINGLE : ProducerType.MULTI;
        ring = RingBuffer.create(producers, Cell::new, RING, waiting);
        this.feed = feed;
        switch (shape) {
            case ONE -> add(tally);
            case THREADS -> {
                add(new Mix());
                add(new Keep());
                add(tally);
            }
            case FUSED -> add(new AggregateEventHandler<>(new Mix(), new Keep(), tally));
            case INLINED -> add(new Inlined(tally));
        }
        ring.addGatingSequences(last());
        threads.forEach(Thread::start);
    }

    private void add(EventHandler<Cell> handler) {
        Sequence[] upstream = processors.isEmpty() ? new Sequence[0] : new Sequence[] {last()};
        BatchEventProcessor<Cell> processor =
                new BatchEventProcessorBuilder().build(ring, ring.newBarrier(upstream), handler);
        processors.add(processor);
        var thread = new Thread(processor, "raw-" + processors.size());
        thread.setDaemon(true);
        threads.add(thread);
    }

    private Sequence last() {
        return processors.get(processors.size() - 1).getSequence();
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
            long sequence = ring.next();
            ring.get(sequence).value = number;
            number++;
            ring.publish(sequence);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // What a publisher that is to wait shortly does.
    private void publishBatches(long events) {
        for (long i = 0; i < events; i += BATCH) {
            while (feed == Feed.YIELDING_BATCHES && !ring.hasAvailableCapacity(BATCH)) {
                Thread.yield();
            }
            long high = ring.next(BATCH);
            long low = high - BATCH + 1;
            for (long sequence = low; sequence <= high; sequence++) {
                ring.get(sequence).value = number;
                number++;
            }
            ring.publish(low, high);
        }
    }

    @Override
    public long hash() {
        return tally.hash();
    }

    @Override
    public void close() {
        processors.forEach(BatchEventProcessor::halt);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
