package io.ringmain.perf.work;

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

/**
 * A ring of the Disruptor with processors wired by hand, a thread and a barrier each.
 *
 * <p>Thread: one adds, starts and closes; who publishes is up to the kind of producer.
 */
public final class RawRing implements AutoCloseable {

    private final RingBuffer<Cell> ring;
    private final List<BatchEventProcessor<Cell>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Makes a ring whose threads block or yield when idle. */
    public RawRing(ProducerType producers, boolean blocking) {
        WaitStrategy waiting = blocking ? new BlockingWaitStrategy() : new YieldingWaitStrategy();
        ring = RingBuffer.create(producers, Cell::new, Side.RING, waiting);
    }

    /** Adds a processor behind {@code upstream}, or behind the publishers if there is none; returns its sequence. */
    public Sequence add(EventHandler<Cell> handler, Sequence... upstream) {
        BatchEventProcessor<Cell> processor =
                new BatchEventProcessorBuilder().build(ring, ring.newBarrier(upstream), handler);
        processors.add(processor);
        var thread = new Thread(processor, "raw-" + processors.size());
        thread.setDaemon(true);
        threads.add(thread);
        return processor.getSequence();
    }

    /** Starts all; publishers wait for {@code last}. */
    public void start(Sequence... last) {
        ring.addGatingSequences(last);
        threads.forEach(Thread::start);
    }

    /** Publishes one event. */
    public void publish(long number) {
        long sequence = ring.next();
        ring.get(sequence).value = number;
        ring.publish(sequence);
    }

    /** Publishes {@link Side#BATCH} events from {@code number} on. */
    public void publishBatch(long number) {
        long high = ring.next(Side.BATCH);
        long low = high - Side.BATCH + 1;
        for (long sequence = low; sequence <= high; sequence++) {
            ring.get(sequence).value = number + sequence - low;
        }
        ring.publish(low, high);
    }

    /** Yields until there seems to be room for {@code count} events; {@code RingBuffer.next} would park, which takes longer. */
    @SuppressWarnings("ThreadPriorityCheck") // What a publisher that is to wait shortly does.
    public void awaitRoom(int count) {
        while (!ring.hasAvailableCapacity(count)) {
            Thread.yield();
        }
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
