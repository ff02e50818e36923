package io.ringmain.testing;

import static io.ringmain.testing.ContractCheck.broken;
import static io.ringmain.testing.ContractCheck.mustNotFail;
import static io.ringmain.testing.ContractCheck.require;
import static io.ringmain.testing.ContractCheck.requireEqual;
import static java.util.Objects.requireNonNull;

import io.ringmain.spi.EventType;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import io.ringmain.spi.Source.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks a {@link Source} against its contract: it never claims more than it may, its positions never go back, it gives the same
 * events at the same positions however many it may claim at a time, an end is an end, and it opens and closes in any of the
 * orders that a pipeline may need.
 *
 * <pre>{@code
 * SourceContract.of(() -> new OrderFile(path), Order.TYPE, Order::toString).check();
 * }</pre>
 *
 * <p>Thread: one. Errors: {@link #check} throws an {@link AssertionError} that names the first broken clause.
 *
 * @param <E> the event
 */
public final class SourceContract<E> {

    /** How often in a row a source may give nothing without having ended: {@value}. */
    public static final int EMPTY_CALLS_MAX = 1000;

    private static final List<Integer> MAXIMA = List.of(1, 2, 1024);

    private final Supplier<? extends Source<E>> sources;
    private final EventType<E> type;
    private final Function<? super E, ?> picture;
    private long enough = Long.MAX_VALUE;

    private SourceContract(Supplier<? extends Source<E>> sources, EventType<E> type, Function<? super E, ?> picture) {
        this.sources = sources;
        this.type = type;
        this.picture = picture;
    }

    /**
     * Begins a check of the sources that {@code sources} makes, a new one for each run; all of them give the same events.
     *
     * @param type the type of their events
     * @param picture makes an immutable value of all that an event holds, with {@code equals}; a string will do
     */
    public static <E> SourceContract<E> of(
            Supplier<? extends Source<E>> sources, EventType<E> type, Function<? super E, ?> picture) {
        return new SourceContract<>(
                requireNonNull(sources, "sources"), requireNonNull(type, "type"), requireNonNull(picture, "picture"));
    }

    /** Checks only the first {@code events} events, at least 1: for a source that does not end. */
    public SourceContract<E> first(long events) {
        if (events < 1) {
            throw new IllegalArgumentException("first: " + events + " (expected: >= 1)");
        }
        enough = events;
        return this;
    }

    /** Checks all clauses. */
    public void check() {
        mustNotFail("source.close without open", () -> sources.get().close());
        mustNotFail("source.open and close without a call of fill", () -> {
            Source<E> source = sources.get();
            source.open();
            source.close();
        });
        checkCloseHalfWay();
        List<Object> events = run(MAXIMA.get(0));
        for (int max : MAXIMA) {
            requireEqual(run(max), events, "source, at most " + max + " events per call", ", as with 1 per call");
        }
    }

    private void checkCloseHalfWay() {
        mustNotFail("source.close before the end", () -> {
            Source<E> source = sources.get();
            source.open();
            var intake = new TestIntake<E>(type, picture);
            intake.begin(1);
            source.fill(intake, 1);
            intake.end();
            intake.releaseAll();
            source.close();
        });
    }

    /** Returns the positions and pictures of the events, in order. */
    private List<Object> run(int max) {
        Source<E> source = sources.get();
        mustNotFail("source.open", source::open);
        var intake = new TestIntake<E>(type, picture);
        Status status = Status.READY;
        int empty = 0;
        while (status != Status.END && intake.count() < enough) {
            int before = intake.count();
            int most = (int) Math.min(max, enough - before);
            intake.begin(most);
            status = fill(source, intake, most);
            intake.end();
            if (status == Status.HELD) {
                require(
                        intake.holds(),
                        "source.fill",
                        "HELD without an event in the ring",
                        "HELD only while events are");
                intake.releaseAll();
            }
            empty = intake.count() == before ? empty + 1 : 0;
            require(
                    empty <= EMPTY_CALLS_MAX,
                    "source.fill",
                    status + " without an event " + empty + " times in a row",
                    "events or END; choose first(events) for a source that does not end");
        }
        if (status == Status.END) {
            checkEndIsFinal(source, intake);
        }
        List<Object> events = intake.events();
        mustNotFail("source.close", source::close);
        return events;
    }

    private Status fill(Source<E> source, TestIntake<E> intake, int max) {
        Status[] status = new Status[1];
        mustNotFail("source.fill", () -> status[0] = source.fill(intake, max));
        require(!intake.isOverdrawn(), "source.fill", "more than " + max + " claims", "at most max = " + max);
        return status[0];
    }

    private void checkEndIsFinal(Source<E> source, TestIntake<E> intake) {
        int before = intake.count();
        intake.begin(1);
        Status again;
        try {
            again = source.fill(intake, 1);
        } catch (Exception refused) {
            // The engine never calls again, so a source may well refuse; it must only not have more.
            again = Status.END;
        }
        intake.end();
        require(
                again == Status.END && intake.count() == before,
                "source.fill after END",
                again + " and " + (intake.count() - before) + " events",
                "END and 0 events; say IDLE while there may be more");
    }

    /**
     * Takes what a source gives and watches how. Events leave late, {@link #HELD_MAX} behind the last one: a source that writes
     * over the bytes of an event too early changes what is seen of it.
     */
    private static final class TestIntake<E> implements Intake<E> {

        private static final int HELD_MAX = 100;

        private final EventType<E> type;
        private final Function<? super E, ?> picture;
        private final List<Object> events = new ArrayList<>();
        private final List<E> slots = new ArrayList<>();
        private final List<Long> positions = new ArrayList<>();
        private boolean overdrawn;
        private long claimed = -1;
        private long released = -1;
        private int left;

        TestIntake(EventType<E> type, Function<? super E, ?> picture) {
            this.type = type;
            this.picture = picture;
            for (int i = 0; i <= HELD_MAX; i++) {
                slots.add(type.create());
            }
        }

        void begin(int max) {
            left = max;
        }

        void end() {
            complete();
            left = 0;
        }

        /** The last event is complete with the next claim or the return: what is written later goes into another one. */
        private void complete() {
            if (claimed >= 0 && events.size() == claimed) {
                events.add(positions.get((int) claimed) + " " + picture.apply(slot(claimed)));
            }
        }

        private E slot(long number) {
            return slots.get((int) (number % slots.size()));
        }

        @Override
        public E claim(long position) {
            if (left == 0) {
                overdrawn = true;
                throw new IllegalStateException("more claims than max");
            }
            if (!positions.isEmpty() && position < positions.get(positions.size() - 1)) {
                throw broken(
                        "source position", position + " after " + positions.get(positions.size() - 1), "never back");
            }
            complete();
            releaseUpTo(claimed - HELD_MAX + 1);
            left--;
            claimed++;
            positions.add(position);
            E slot = slot(claimed);
            type.clear(slot);
            return slot;
        }

        private void releaseUpTo(long last) {
            while (released < last) {
                released++;
                Object later = positions.get((int) released) + " " + picture.apply(slot(released));
                requireEqual(later, events.get((int) released), "source, an event in the ring", ", as it was filled");
            }
        }

        void releaseAll() {
            releaseUpTo(claimed);
        }

        boolean holds() {
            return released < claimed;
        }

        @Override
        public long claimed() {
            return claimed;
        }

        @Override
        public long released() {
            return released;
        }

        boolean isOverdrawn() {
            return overdrawn;
        }

        int count() {
            return (int) claimed + 1;
        }

        List<Object> events() {
            releaseAll();
            return events;
        }
    }
}
