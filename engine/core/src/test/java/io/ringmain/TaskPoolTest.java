package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Pooling;
import io.ringmain.kit.NoThreadLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks instead of events: none lost, none begun twice, none begun after it was given back. */
@Timeout(30)
@ExtendWith(NoThreadLeft.class)
class TaskPoolTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void aHundredTasksFromOneThread() throws Exception {
        try (TaskPool pool = TaskPool.of("hundred", Pooling.of(1, 4), 16)) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                tasks.add(() -> number * number);
            }
            List<CompletableFuture<Integer>> results = pool.submitAll(tasks);

            for (int i = 0; i < 100; i++) {
                assertThat(results.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(i * i);
            }
            assertThat(pool.shutdown(LONG)).isTrue();
            assertThat(pool.progress()).isEqualTo(new TaskPool.Progress(100, 100));
            assertThat(pool.progress().ratio()).isEqualTo(1);
        }
    }

    @Test
    void fourHundredTasksFromFourThreadsSomeOfWhichSubmitMore() throws Exception {
        var ran = new AtomicInteger();
        var futures = new ConcurrentLinkedQueue<CompletableFuture<?>>();
        try (TaskPool pool = TaskPool.of("four", Pooling.of(1, 4), 1024)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                var thread = new Thread(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                boolean isDivided = i % 10 == 0;
                                futures.add(pool.submit(() -> {
                                    ran.incrementAndGet();
                                    if (isDivided) {
                                        futures.add(pool.submit(ran::incrementAndGet));
                                    }
                                }));
                            }
                        },
                        "submitter-" + t);
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            while (pool.progress().done() < 440) {
                Thread.onSpinWait();
            }
            assertThat(pool.shutdown(LONG)).isTrue();
        }
        assertThat(ran.get()).isEqualTo(440);
        assertThat(futures).hasSize(440).allMatch(CompletableFuture::isDone);
    }

    @Test
    void whatWasNotBegunIsGivenBackAndNothingIsLostUnderLoad() throws Exception {
        var ran = new AtomicLong();
        var begun = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        TaskPool pool = TaskPool.of("now", Pooling.of(2, 2), 64);
        try (pool) {
            List<CompletableFuture<?>> futures = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                futures.add(pool.submit(() -> {
                    begun.countDown();
                    go.await();
                    return ran.incrementAndGet();
                }));
            }
            begun.await();
            for (int i = 0; i < 40; i++) {
                futures.add(pool.submit(ran::incrementAndGet));
            }
            var releasing = new Thread(
                    () -> {
                        while (!pool.isShutdown()) {
                            Thread.onSpinWait();
                        }
                        go.countDown();
                    },
                    "releasing");
            releasing.start();

            List<Callable<?>> back = pool.shutdownNow(LONG);
            releasing.join();

            assertThat(back.size() + ran.get()).isEqualTo(42);
            assertThat(back).hasSize(40);
            assertThat(futures.stream().filter(CompletableFuture::isCancelled)).hasSize(40);
            assertThat(futures).allMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void aTaskThatThrowsFailsItsFutureOnly() throws Exception {
        try (TaskPool pool = TaskPool.of("throwing", Pooling.of(1, 1), 4)) {
            CompletableFuture<String> bad = pool.submit(() -> {
                throw new java.io.IOException("disk gone");
            });
            CompletableFuture<String> good = pool.submit(() -> "fine");

            assertThat(good.get(10, TimeUnit.SECONDS)).isEqualTo("fine");
            assertThatThrownBy(() -> bad.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("disk gone");
        }
    }

    @Test
    void aTaskThatWaitsForOneItHasSubmittedDoesItItself() throws Exception {
        try (TaskPool pool = TaskPool.of("nested", Pooling.of(1, 1), 4)) {
            CompletableFuture<Integer> outer = pool.submit(() -> {
                CompletableFuture<Integer> middle = pool.submit(() -> {
                    CompletableFuture<Integer> inner = pool.submit(() -> 1);
                    return inner.get() + 1;
                });
                return middle.join() + 1;
            });

            assertThat(outer.get(10, TimeUnit.SECONDS)).isEqualTo(3);
            assertThat(pool.shutdown(LONG)).isTrue();
            assertThat(pool.progress()).isEqualTo(new TaskPool.Progress(3, 3));
        }
    }

    @Test
    void aTaskIsRejectedWhereItWouldWaitForRoom() throws Exception {
        try (TaskPool pool = TaskPool.of("narrow", Pooling.of(1, 1), 2)) {
            CompletableFuture<String> outer = pool.submit(() -> {
                CompletableFuture<Integer> first = pool.submit(() -> 1);
                List<CompletableFuture<Integer>> more = pool.submitAll(List.of(() -> 2));
                String said = "";
                try {
                    assertThat(pool.submit(() -> 3)).isNull();
                } catch (RejectedExecutionException rejected) {
                    said = rejected.getMessage();
                }
                return first.get(1, TimeUnit.SECONDS) + said + more.get(0).isCancelled();
            });

            assertThat(outer.get(10, TimeUnit.SECONDS))
                    .startsWith("1narrow: there is no room")
                    .endsWith("true");
        }
    }

    @Test
    void aTaskMayShutItsPoolDown() throws Exception {
        TaskPool pool = TaskPool.of("self", Pooling.of(1, 1), 4);
        CompletableFuture<Boolean> closing = pool.submit(() -> {
            pool.close();
            return pool.shutdown(LONG);
        });

        assertThat(closing.get(10, TimeUnit.SECONDS)).isFalse();
        pool.close();
        assertThat(pool.progress()).isEqualTo(new TaskPool.Progress(1, 1));
    }

    @Test
    void aFullPoolRefusesWhatDoesNotWait() throws Exception {
        var go = new CountDownLatch(1);
        try (TaskPool pool = TaskPool.of("full", Pooling.of(1, 1), 2)) {
            CompletableFuture<Boolean> first = pool.submit(() -> go.await(20, TimeUnit.SECONDS));
            CompletableFuture<Integer> second = pool.submit(() -> 2);

            assertThat(pool.trySubmit(() -> 3)).isNull();
            assertThat(pool.progress()).isEqualTo(new TaskPool.Progress(2, 0));
            go.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    @Test
    void tasksAreGivenBackInOrderAlthoughTheWorkersHang() throws Exception {
        var begun = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        TaskPool pool = TaskPool.of("hanging", Pooling.of(2, 2), 64);
        Callable<Boolean> hanging = () -> {
            begun.countDown();
            return go.await(20, TimeUnit.SECONDS);
        };
        assertThat(pool.submitAll(List.of(hanging, hanging))).hasSize(2);
        begun.await();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            tasks.add(() -> number);
        }
        List<CompletableFuture<Integer>> futures = pool.submitAll(tasks);

        List<Callable<?>> back = pool.shutdownNow(Duration.ofMillis(1));

        assertThat(back).hasSize(20);
        assertThat(back).isEqualTo(tasks);
        assertThat(futures).allMatch(CompletableFuture::isCancelled);
        go.countDown();
    }

    @Test
    void whatWasNotBegunAtTheDeadlineIsCancelled() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        TaskPool pool = TaskPool.of("late", Pooling.of(1, 1), 64);
        CompletableFuture<Boolean> hanging = pool.submit(() -> {
            begun.countDown();
            return go.await(20, TimeUnit.SECONDS);
        });
        begun.await();
        CompletableFuture<Integer> never = pool.submit(() -> 1);

        assertThat(pool.shutdown(Duration.ofMillis(1))).isFalse();

        assertThat(never).isCancelled();
        assertThat(hanging).isNotDone();
        go.countDown();
        assertThat(hanging.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.progress()).isEqualTo(new TaskPool.Progress(2, 2));
    }

    @Test
    void afterAnErrorWhatWasNotBegunIsCancelled() throws Exception {
        var go = new CountDownLatch(1);
        CompletableFuture<Integer> bad;
        CompletableFuture<Integer> never;
        try (TaskPool pool = TaskPool.of("broken", Pooling.of(1, 1), 64)) {
            bad = pool.submit(() -> {
                go.await();
                throw new AssertionError("cannot be");
            });
            never = pool.submit(() -> 1);
            go.countDown();
        }

        assertThat(bad).isCompletedExceptionally();
        assertThat(never).isCancelled();
    }

    @Test
    void aTaskMayWaitForOneThatWasSubmittedAfterIt() throws Exception {
        var begun = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        var one = new CountDownLatch(1);
        try (TaskPool pool = TaskPool.of("pairs", Pooling.of(2, 2), 64)) {
            Callable<Boolean> first = () -> {
                begun.countDown();
                return go.await(20, TimeUnit.SECONDS);
            };
            Callable<Boolean> second = () -> {
                begun.countDown();
                return one.await(20, TimeUnit.SECONDS);
            };
            assertThat(pool.submitAll(List.of(first, second))).hasSize(2);
            begun.await();
            List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                var met = new CountDownLatch(1);
                waiting.add(pool.submit(() -> met.await(5, TimeUnit.SECONDS)));
                waiting.add(pool.submit(() -> {
                    met.countDown();
                    return true;
                }));
            }
            go.countDown();
            one.countDown();

            for (CompletableFuture<Boolean> future : waiting) {
                assertThat(future.get(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingForRoomIsToldSo() throws Exception {
        var go = new CountDownLatch(1);
        try (TaskPool pool = TaskPool.of("full", Pooling.of(1, 1), 1)) {
            CompletableFuture<Boolean> first = pool.submit(() -> go.await(20, TimeUnit.SECONDS));

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.submit(() -> 2))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage("full: interrupted while waiting for room; the task was not accepted");

            assertThat(Thread.interrupted()).isTrue();
            go.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void afterTheEndTasksAreRejected() {
        TaskPool pool = TaskPool.of("ended", Pooling.of(1, 1), 2);
        pool.close();

        assertThatThrownBy(() -> pool.submit(() -> 1))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("ended: the pool is shut down; the task was not accepted");
        assertThatThrownBy(() -> pool.trySubmit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.submitAll(List.<Callable<Integer>>of(() -> 1))).allMatch(CompletableFuture::isCancelled);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskPool.of("limited", Pooling.of(1, 1).timeLimit(LONG), 2));
    }
}
