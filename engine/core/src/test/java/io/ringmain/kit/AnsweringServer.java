package io.ringmain.kit;

import io.ringmain.spi.AsyncSink;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Completion;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A server of known capacity on the virtual clock: it works on so many requests at a time, the others wait in order.
 *
 * <p>Thread: that of the test.
 */
public final class AnsweringServer implements AsyncSink<Cell> {

    private record Request(Batch<Cell> batch, Completion completion, int number) {}

    private record Working(Request request, long endNs) {}

    private final StepRunner runner;
    private final int capacity;
    private final long serviceNs;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final List<Working> working = new ArrayList<>();
    /** The values taken, in the order of their answers. */
    public final List<Long> taken = new ArrayList<>();
    /** What was called, and what had been taken by then. */
    public final List<String> calls = new ArrayList<>();
    /** Says of a request, by its number from 1 and first value, why it fails; null if it does not. */
    public BiFunction<Integer, Long, @Nullable Exception> failing = (number, first) -> null;
    /** The most requests that were there at a time. */
    public int openMax;

    private int requests;

    /** Makes a server that takes {@code service} for a request. */
    public AnsweringServer(StepRunner runner, int capacity, Duration service) {
        this.runner = runner;
        this.capacity = capacity;
        serviceNs = service.toNanos();
    }

    @Override
    public void write(Batch<Cell> batch, Completion completion) {
        waiting.add(new Request(batch, completion, ++requests));
        openMax = Math.max(openMax, waiting.size() + working.size());
        begin();
    }

    @Override
    public void flush() {
        calls.add("flush after " + taken.size() + " with " + (waiting.size() + working.size()) + " open");
    }

    @Override
    public void close() {
        calls.add("close");
    }

    private void begin() {
        while (working.size() < capacity && !waiting.isEmpty()) {
            working.add(new Working(waiting.remove(), runner.nowNs() + serviceNs));
        }
    }

    private long nextNs() {
        return working.stream().mapToLong(Working::endNs).min().orElse(Long.MAX_VALUE);
    }

    private void answer() {
        for (Working done : List.copyOf(working)) {
            if (done.endNs <= runner.nowNs()) {
                working.remove(done);
                answer(done.request);
            }
        }
        begin();
    }

    private void answer(Request request) {
        Exception why = failing.apply(request.number, request.batch.event(0).value);
        if (why != null) {
            request.completion.failed(why);
            return;
        }
        for (int i = 0; i < request.batch.size(); i++) {
            taken.add(request.batch.event(i).value);
        }
        request.completion.done();
    }

    /** Lets time go by in steps in which nothing is missed. */
    public void pass(Duration time) {
        long endNs = runner.nowNs() + time.toNanos();
        runner.stepWhilePossible();
        for (long nextNs = next(); nextNs <= endNs; nextNs = next()) {
            runner.clock().advanceTo(nextNs);
            answer();
            runner.stepWhilePossible();
        }
        runner.clock().advanceTo(endNs);
    }

    private long next() {
        return Math.min(nextNs(), runner.wakeAtNs());
    }
}
