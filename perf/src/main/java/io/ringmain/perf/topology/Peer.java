package io.ringmain.perf.topology;

import io.ringmain.perf.work.Feed;
import io.ringmain.perf.work.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;

/** Who moves the events. */
enum Peer {
    /** Ours. */
    RINGMAIN("Ringmain", 0),
    /** A bounded queue with one lock. */
    ARRAY_QUEUE("ArrayBlockingQueue", 3),
    /** A queue without locks and without a bound: it holds nobody back. */
    TRANSFER_QUEUE("LinkedTransferQueue", 2),
    /** A thread pool. */
    THREAD_POOL("ThreadPoolExecutor", 0),
    /** A pool whose threads have queues of their own. */
    FORK_JOIN("ForkJoinPool", 0),
    /** Disruptor 4 wired by hand. */
    DISRUPTOR("Disruptor 4, by hand", 0),
    /** The pool that the Disruptor had until 3.4.4. */
    WORKER_POOL("Disruptor 3 WorkerPool", 2);

    private final String title;
    private final double bar;

    Peer(String title, double bar) {
        this.title = title;
        this.bar = bar;
    }

    String title() {
        return title;
    }

    /** How many times as long as ours it has to take, in rows with a bar; 0 if that is only reported. */
    double bar() {
        return bar;
    }

    /** Those who can do it; ours is the first. */
    static List<Peer> of(Topology topology) {
        List<Peer> peers = new ArrayList<>(List.of(RINGMAIN));
        if (topology != Topology.TASKS) {
            peers.addAll(List.of(ARRAY_QUEUE, TRANSFER_QUEUE, DISRUPTOR));
        }
        if (topology == Topology.POOL || topology == Topology.PARTITION || topology == Topology.TASKS) {
            peers.add(THREAD_POOL);
        }
        if (topology == Topology.POOL || topology == Topology.TASKS) {
            peers.add(FORK_JOIN);
        }
        if (topology == Topology.POOL) {
            peers.add(WORKER_POOL);
        }
        return peers;
    }

    /** Starts this side of {@code topology}. */
    Side open(Topology topology, Feed feed, boolean blocking) {
        boolean tasks = topology == Topology.TASKS;
        return switch (this) {
            case RINGMAIN -> tasks ? TaskSide.ringmain() : new RingmainSide(topology, feed, blocking);
            case ARRAY_QUEUE -> new QueueSide(topology, feed, () -> new ArrayBlockingQueue<>(Side.RING));
            case TRANSFER_QUEUE -> new QueueSide(topology, feed, LinkedTransferQueue::new);
            case THREAD_POOL ->
                tasks ? TaskSide.of(Workers.THREAD_POOL) : new ExecutorSide(topology, feed, Workers.THREAD_POOL);
            case FORK_JOIN ->
                tasks ? TaskSide.of(Workers.FORK_JOIN) : new ExecutorSide(topology, feed, Workers.FORK_JOIN);
            case DISRUPTOR -> new DisruptorSide(topology, feed, blocking);
            case WORKER_POOL -> OldDisruptor.workerPool(feed, blocking);
        };
    }
}
