package io.ringmain.counters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that begin together. */
final class Crowd {

    private Crowd() {}

    /** What a thread does. */
    @FunctionalInterface
    interface Member {
        /** Does it as the thread with that number. */
        void run(int number) throws Exception;
    }

    /** Runs {@code member} on {@code count} threads at once, and waits for all; throws what one of them has thrown. */
    static void of(int count, Member member) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            var ready = new CountDownLatch(count);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    member.run(number);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
