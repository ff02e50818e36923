package io.ringmain.perf.workerpool;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.FatalExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WorkHandler;
import com.lmax.disruptor.WorkerPool;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.ringmain.perf.topology.Count;
import io.ringmain.perf.topology.CountingSide;
import io.ringmain.perf.topology.Topology;
import io.ringmain.perf.work.Cell;
import io.ringmain.perf.work.Feed;
import java.util.ArrayList;
import java.util.List;

/** The pool of workers that the Disruptor had until 3.4.4. A publisher that finds the ring full yields. */
public final class WorkerPoolSide extends CountingSide {

    private final RingBuffer<Cell> ring;
    private final WorkerPool<Cell> pool;
    private final List<Thread> threads = new ArrayList<>();

    /** Starts the pool, fed as {@code feed} says; its threads block or yield when idle. */
    public WorkerPoolSide(Feed feed, boolean blocking) {
        super(Topology.POOL, feed, true);
        ring = RingBuffer.createMultiProducer(
                Cell::new, RING, blocking ? new BlockingWaitStrategy() : new YieldingWaitStrategy());
        pool = new WorkerPool<>(ring, ring.newBarrier(), new FatalExceptionHandler(), handlers());
        ring.addGatingSequences(pool.getWorkerSequences());
        pool.start(this::startThread);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type.
    private WorkHandler<Cell>[] handlers() {
        WorkHandler<Cell>[] handlers = new WorkHandler[THREE];
        for (int i = 0; i < THREE; i++) {
            Count count = end();
            handlers[i] = cell -> count.add(cell.value);
        }
        return handlers;
    }

    private void startThread(Runnable worker) {
        var thread = new Thread(worker, "worker-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    protected void publish(long first, long end) {
        int count = feed == Feed.ONE_BY_ONE ? 1 : BATCH;
        for (long number = first; number < end; number += count) {
            awaitRoom(count);
            long high = ring.next(count);
            long low = high - count + 1;
            for (long sequence = low; sequence <= high; sequence++) {
                ring.get(sequence).value = number + sequence - low;
            }
            ring.publish(low, high);
        }
    }

    private void awaitRoom(int count) {
        while (!ring.hasAvailableCapacity(count)) {
            Thread.yield();
        }
    }

    @Override
    protected void stop() throws InterruptedException {
        pool.drainAndHalt();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
