package io.ringmain.testing;

import static io.ringmain.testing.ContractCheck.mustNotFail;
import static io.ringmain.testing.ContractCheck.require;
import static io.ringmain.testing.ContractCheck.requireEqual;
import static java.util.Objects.requireNonNull;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.Batching;
import io.ringmain.config.WhenFailed;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * Checks a {@link Sink} against its contract: it opens, flushes, closes and aborts in any of the orders that a pipeline may need, and
 * takes batches of several sizes, alone or with others, through a real pipeline on the calling thread.
 *
 * <pre>{@code
 * SinkContract.of(() -> new OrderFile(newPath()), Order.TYPE, (order, n) -> order.id = n)
 *         .reading(file -> file.lines(), n -> "order " + n)
 *         .check();
 * }</pre>
 *
 * <p>Thread: one. Errors: {@link #check} throws an {@link AssertionError} that names the first broken clause.
 *
 * @param <E> the event
 * @param <S> the sink
 */
public final class SinkContract<E, S extends Sink<E>> {

    private static final int BOUND = 64;
    private static final List<Integer> BATCH_SIZES = List.of(1, 2, 3, 64);
    private static final List<Integer> EVENT_COUNTS = List.of(0, 1, 10, 1000);

    private final Supplier<? extends S> sinks;
    private final EventType<E> type;
    private final ObjLongConsumer<? super E> filler;
    private Function<? super S, ? extends List<?>> reader = sink -> List.of();
    private LongFunction<?> expected = number -> "";
    private boolean reads;

    private SinkContract(Supplier<? extends S> sinks, EventType<E> type, ObjLongConsumer<? super E> filler) {
        this.sinks = sinks;
        this.type = type;
        this.filler = filler;
    }

    /**
     * Begins a check of the sinks that {@code sinks} makes, a new one with a new, empty destination for each run.
     *
     * @param type the type of their events
     * @param filler makes the event with the given number, from 0, out of a clear one
     */
    public static <E, S extends Sink<E>> SinkContract<E, S> of(
            Supplier<? extends S> sinks, EventType<E> type, ObjLongConsumer<? super E> filler) {
        return new SinkContract<>(
                requireNonNull(sinks, "sinks"), requireNonNull(type, "type"), requireNonNull(filler, "filler"));
    }

    /**
     * Also compares what has arrived.
     *
     * @param reader returns what a closed sink has taken, in order
     * @param expected returns what should have arrived for the event with the given number
     */
    public SinkContract<E, S> reading(Function<? super S, ? extends List<?>> reader, LongFunction<?> expected) {
        this.reader = requireNonNull(reader, "reader");
        this.expected = requireNonNull(expected, "expected");
        reads = true;
        return this;
    }

    /** Checks all clauses. */
    public void check() {
        checkLife();
        for (int size : BATCH_SIZES) {
            for (int count : EVENT_COUNTS) {
                checkBatches(size, count);
            }
        }
    }

    private void checkLife() {
        mustNotFail("sink.close without open", () -> sinks.get().close());
        mustNotFail("sink.open and close without write", () -> {
            Sink<E> sink = sinks.get();
            sink.open();
            sink.close();
        });
        mustNotFail("sink.flush without write", () -> {
            Sink<E> sink = sinks.get();
            sink.open();
            sink.flush();
            sink.flush();
            sink.close();
        });
        mustNotFail("sink.abort before open", () -> {
            Sink<E> sink = sinks.get();
            sink.abort();
            sink.close();
        });
        mustNotFail("sink.abort, twice, then close", () -> {
            Sink<E> sink = sinks.get();
            sink.open();
            sink.abort();
            sink.abort();
            sink.close();
        });
        mustNotFail("sink.abort after close", () -> {
            Sink<E> sink = sinks.get();
            sink.open();
            sink.close();
            sink.abort();
        });
    }

    private void checkBatches(int size, int count) {
        String what = "sink, " + count + " events in batches of at most " + size;
        S sink = sinks.get();
        List<Object> wanted = new ArrayList<>();
        for (long number = 0; number < count; number++) {
            wanted.add(expected.apply(number));
        }

        Report report = run(sink, size, count);

        require(report.succeeded(), what, "failed with " + report.failures(), "no failure");
        Report.SinkReport account = report.sinks().get(0);
        requireEqual(account.delivered() + account.notWanted(), (long) count, what + ", delivered or not wanted", "");
        if (reads) {
            requireEqual(reader.apply(sink), wanted, what, "");
        }
        mustNotFail("sink.abort after the last write and close", sink::abort);
    }

    private Report run(S sink, int size, int count) {
        // Half of the events, a pause, the other half: the batch after the pause is cut short by the end.
        ScriptedSource<E> source =
                new ScriptedSource<E>(filler).give(count / 2).pause().give(count - count / 2);
        try (Pipeline<E> pipeline = Pipeline.of("sink-contract", type)
                .source("numbers", source)
                .bound(BOUND)
                .sink("sink", sink, Batching.of(size, Duration.ofMillis(1)))
                .whenFailed(WhenFailed.stop())
                .runner(new StepRunner(size * 31L + count))
                .build()
                .start()) {
            return pipeline.await();
        }
    }
}
