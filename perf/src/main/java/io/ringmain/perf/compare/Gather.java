package io.ringmain.perf.compare;

import io.ringmain.Pipeline;
import io.ringmain.config.WhenFailed;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;

/** Ways in which entries of several threads come together in one place, and are counted there. */
enum Gather {
    /** A pipeline's ring, an event published at a time. */
    RING {
        @Override
        Entry.Counts gather(long entries, int threads) throws InterruptedException {
            return ring(entries, threads, 1);
        }
    },
    /** A pipeline's ring, 64 events published at a time. */
    RING_BATCHES {
        @Override
        Entry.Counts gather(long entries, int threads) throws InterruptedException {
            return ring(entries, threads, BATCH);
        }
    },
    /** A list behind a lock, counted when all is in it. */
    LIST {
        @Override
        Entry.Counts gather(long entries, int threads) throws InterruptedException {
            List<Entry> shared = new ArrayList<>();
            each(entries, threads, (first, end) -> {
                for (long number = first; number < end; number++) {
                    Entry entry = Entry.of(number);
                    synchronized (shared) {
                        shared.add(entry);
                    }
                }
            });
            var counts = new Entry.Counts();
            shared.forEach(counts::add);
            return counts;
        }
    },
    /** A bounded queue and one thread that takes. */
    ARRAY_BLOCKING_QUEUE {
        @Override
        Entry.Counts gather(long entries, int threads) throws InterruptedException {
            return queue(new ArrayBlockingQueue<>(BOUND), entries, threads);
        }
    },
    /** A queue without bounds and one thread that takes. */
    LINKED_TRANSFER_QUEUE {
        @Override
        Entry.Counts gather(long entries, int threads) throws InterruptedException {
            return queue(new LinkedTransferQueue<>(), entries, threads);
        }
    };

    /** Bound of ring and queue. */
    static final int BOUND = 8192;

    static final int BATCH = 64;
    private static final Entry LAST = new Entry();

    /** The name in tables. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Lets {@code threads} make {@code entries} together; returns when all are counted. */
    abstract Entry.Counts gather(long entries, int threads) throws InterruptedException;

    /** What a thread makes: the entries from {@code first} on, up to the one before {@code end}. */
    private interface Share {
        void make(long first, long end) throws InterruptedException;
    }

    private static void each(long entries, int threads, Share share) throws InterruptedException {
        List<Thread> makers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            long first = entries * i / threads;
            long end = entries * (i + 1) / threads;
            makers.add(start("maker-" + i, () -> share.make(first, end)));
        }
        for (Thread maker : makers) {
            maker.join();
        }
    }

    /** The body of a thread. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private static Thread start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException unexpected) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Entry.Counts ring(long entries, int threads, int batch) throws InterruptedException {
        var counts = new Entry.Counts();
        Pipeline<Entry> pipeline = Pipeline.of("entries", Entry.TYPE)
                .bound(BOUND)
                .whenFailed(WhenFailed.stop())
                .sink("counts", Sink.each(counts::add))
                .build()
                .start();
        try (pipeline) {
            Publisher<Entry> publisher = pipeline.publisher();
            each(entries, threads, (first, end) -> publish(publisher, new Numbers(first), end, batch));
        }
        return counts;
    }

    /** The number of the next entry of a thread, which the fillers read. */
    private static final class Numbers {

        private long next;

        Numbers(long first) {
            next = first;
        }

        private static void fill(Entry entry, Numbers from) {
            entry.fill(from.next);
        }

        private static void fillBatch(Entry entry, int index, Numbers from) {
            entry.fill(from.next + index);
        }
    }

    private static void publish(Publisher<Entry> publisher, Numbers numbers, long end, int batch) {
        while (numbers.next < end) {
            int count = (int) Math.min(batch, end - numbers.next);
            Publication publication = count == 1
                    ? publisher.publish(Numbers::fill, numbers)
                    : publisher.publishBatch(count, Numbers::fillBatch, numbers);
            if (publication != Publication.PUBLISHED) {
                throw new IllegalStateException("publication: " + publication + " (expected: PUBLISHED)");
            }
            numbers.next += count;
        }
    }

    private static Entry.Counts queue(BlockingQueue<Entry> queue, long entries, int threads)
            throws InterruptedException {
        var counts = new Entry.Counts();
        Thread taker = start("taker", () -> {
            List<Entry> taken = new ArrayList<>(BATCH);
            while (true) {
                taken.add(queue.take());
                queue.drainTo(taken, BATCH - 1);
                for (Entry entry : taken) {
                    if (entry == LAST) {
                        return;
                    }
                    counts.add(entry);
                }
                taken.clear();
            }
        });
        each(entries, threads, (first, end) -> {
            for (long number = first; number < end; number++) {
                queue.put(Entry.of(number));
            }
        });
        queue.put(LAST);
        taker.join();
        return counts;
    }
}
