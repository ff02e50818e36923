package io.ringmain;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.WhenLettersFull;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What became of a collection of items: results and failures side by side.
 *
 * @param results what came out at the end, in order; an item may have given none
 * @param failures what failed, in no particular order; {@link DeadLetter#position} is the index of the item if it failed before
 *     the first {@code into}
 * @param report the accounts
 * @param <R> the result
 */
public record Collected<R>(List<R> results, List<DeadLetter> failures, Report report) {

    /** Checks that nothing is missing. */
    public Collected {
        results = List.copyOf(results);
        failures = List.copyOf(failures);
        requireNonNull(report, "report");
    }

    /** Runs {@code items} through what {@code builder} describes, as {@link PipelineBuilder#collect} says, which has checked its settings. */
    static <I, E, T, R> Collected<R> of(
            PipelineBuilder<I, E> builder,
            Iterable<? extends T> items,
            BiConsumer<? super I, ? super T> fill,
            Function<? super E, ? extends R> result) {
        requireNonNull(items, "items");
        MemoryDeadLetters failures = new MemoryDeadLetters(Integer.MAX_VALUE, Long.MAX_VALUE);
        List<R> results = new ArrayList<>();
        builder.deadLetters(failures, WhenLettersFull.STOP)
                // A stage, because a sink's failure is that of its whole batch.
                .transform("collect", event -> results.add(requireNonNull(result.apply(event), "result")))
                .sink("collected", Sink.each(event -> {}));
        try (Pipeline<I> pipeline = builder.build()) {
            pipeline.start();
            for (T item : items) {
                if (pipeline.publisher().publish(fill, item) == Publication.CLOSED) {
                    break;
                }
            }
            pipeline.endInput();
            Report report = pipeline.await();
            return new Collected<>(results, failures.letters(), report);
        }
    }
}
