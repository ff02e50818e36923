package io.ringmain.perf.topology;

import io.ringmain.perf.work.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * Threads with queues between them. Numbers are put one by one, because a queue has no other way; where the ring is fed in batches, whoever
 * takes from a queue takes all that is there, up to as many as a batch has. A negative number is the last.
 */
final class QueueSide extends CountingSide {

    private static final Long LAST = -1L;

    /** What becomes of each number of a queue. */
    private interface Use {
        void use(Long number) throws InterruptedException;
    }

    /** The body of a thread. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private final Supplier<BlockingQueue<Long>> queues;
    private final List<BlockingQueue<Long>> inputs = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    QueueSide(Topology topology, Feed feed, Supplier<BlockingQueue<Long>> queues) {
        super(topology, feed, true);
        this.queues = queues;
        switch (topology) {
            case MERGE -> consume(input(), counting());
            case FAN_OUT, PARTITION -> {
                for (int i = 0; i < THREE; i++) {
                    consume(input(), counting());
                }
            }
            case DIAMOND -> diamond();
            case POOL -> {
                BlockingQueue<Long> shared = input();
                for (int i = 0; i < THREE; i++) {
                    consume(shared, counting());
                }
            }
            case TASKS -> throw new IllegalArgumentException(topology + ": no events (expected: another side)");
        }
        threads.forEach(Thread::start);
    }

    private BlockingQueue<Long> input() {
        BlockingQueue<Long> queue = queues.get();
        inputs.add(queue);
        return queue;
    }

    private Use counting() {
        Count count = end();
        return count::add;
    }

    private void diamond() {
        BlockingQueue<Long> left = queues.get();
        BlockingQueue<Long> right = queues.get();
        pass(input(), left);
        pass(input(), right);
        Count join = end();
        start(() -> join(left, right, join));
    }

    private void pass(BlockingQueue<Long> queue, BlockingQueue<Long> next) {
        Count count = end();
        start(() -> {
            take(queue, number -> {
                count.add(number);
                next.put(number);
            });
            next.put(LAST);
        });
    }

    private static void join(BlockingQueue<Long> left, BlockingQueue<Long> right, Count count)
            throws InterruptedException {
        for (Long number = left.take(); number >= 0; number = left.take()) {
            Long other = right.take();
            if (!number.equals(other)) {
                throw new IllegalStateException("right: " + other + " (expected: as left, " + number + ')');
            }
            count.add(number);
        }
    }

    private void consume(BlockingQueue<Long> queue, Use use) {
        start(() -> take(queue, use));
    }

    private void take(BlockingQueue<Long> queue, Use use) throws InterruptedException {
        if (feed == Feed.ONE_BY_ONE) {
            takeEach(queue, use);
        } else {
            takeBatches(queue, use);
        }
    }

    private static void takeEach(BlockingQueue<Long> queue, Use use) throws InterruptedException {
        for (Long number = queue.take(); number >= 0; number = queue.take()) {
            use.use(number);
        }
    }

    private static void takeBatches(BlockingQueue<Long> queue, Use use) throws InterruptedException {
        List<Long> batch = new ArrayList<>(BATCH);
        while (true) {
            batch.add(queue.take());
            queue.drainTo(batch, BATCH - 1);
            for (int i = 0; i < batch.size(); i++) {
                Long number = batch.get(i);
                if (number < 0) {
                    // Those behind it are for the others that share the queue.
                    queue.addAll(batch.subList(i + 1, batch.size()));
                    return;
                }
                use.use(number);
            }
            batch.clear();
        }
    }

    private void start(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "queues-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
    }

    @Override
    protected void publish(long first, long end) throws InterruptedException {
        switch (topology) {
            case MERGE, POOL -> {
                BlockingQueue<Long> only = inputs.get(0);
                for (long number = first; number < end; number++) {
                    only.put(number);
                }
            }
            case FAN_OUT, DIAMOND -> publishToAll(first, end);
            case PARTITION -> {
                for (long number = first; number < end; number++) {
                    inputs.get(key(number) % THREE).put(number);
                }
            }
            case TASKS -> throw new IllegalArgumentException(topology + ": no events (expected: another side)");
        }
    }

    @SuppressWarnings("UnnecessaryBoxedVariable") // One object for all queues.
    private void publishToAll(long first, long end) throws InterruptedException {
        for (long next = first; next < end; next++) {
            Long number = next;
            for (int i = 0; i < inputs.size(); i++) {
                inputs.get(i).put(number);
            }
        }
    }

    @Override
    protected void stop() throws InterruptedException {
        for (BlockingQueue<Long> input : inputs) {
            // One for each who takes from it.
            for (int i = 0; i < (topology == Topology.POOL ? THREE : 1); i++) {
                input.put(LAST);
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
