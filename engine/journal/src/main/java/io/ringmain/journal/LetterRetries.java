package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import io.ringmain.journal.RetryRequest.Result;
import io.ringmain.spi.EventType;
import io.ringmain.spi.LetterCodec;
import io.ringmain.spi.LetterSource;
import io.ringmain.spi.Reentry;
import io.ringmain.spi.Source.Status;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives letters back to their pipeline, where somebody asks for that.
 *
 * <p>A letter that is under way is not given twice, and one that was dealt with is not given again. A letter is dealt with when the pipeline is done with its
 * event; if the run ends before, it stays open, and its event may have been delivered.
 *
 * <p>Thread: {@link #request} any; the others as {@link LetterSource} says.
 */
public final class LetterRetries implements LetterSource {

    /** The most requests that wait: {@value}. */
    public static final int REQUESTS_MAX = 1000;

    private final LetterFinder finder;
    private final MarkTable marks;
    private final Codecs codecs;
    private final LongSupplier epochNs;
    private final Consumer<List<Mark>> marking;
    private final Queue<RetryRequest> waiting = new ConcurrentLinkedQueue<>();
    // Events that letters are read into first: a slot that was claimed cannot be given back.
    private final Map<EventType<?>, Object> trials = new HashMap<>();

    private final Object lock = new Object();
    private final Long2ObjectHashMap<Flight> flights = new Long2ObjectHashMap<>();
    private final ArrayDeque<Flight> inOrder = new ArrayDeque<>();
    private long acknowledged;
    // Why no letter is tried; null while some may be.
    private @Nullable RetryOutcome refusing;
    private volatile @Nullable Runnable wake;

    LetterRetries(
            LetterFinder finder, MarkTable marks, Codecs codecs, LongSupplier epochNs, Consumer<List<Mark>> marking) {
        this.finder = finder;
        this.marks = marks;
        this.codecs = codecs;
        this.epochNs = epochNs;
        this.marking = marking;
    }

    /**
     * Asks for the letters {@code ids} to be tried again, oldest first. They are under way when the pipeline has room for them.
     *
     * @throws IllegalStateException if {@value #REQUESTS_MAX} requests are waiting
     */
    public RetryRequest request(long... ids) {
        long[] sorted = ids.clone();
        Arrays.sort(sorted);
        var request = new RetryRequest(sorted);
        synchronized (lock) {
            if (waiting.size() >= REQUESTS_MAX) {
                throw new IllegalStateException("retries: " + REQUESTS_MAX + " requests are waiting (expected: fewer)");
            }
            if (refusing != null) {
                refuse(request, refusing);
            } else {
                waiting.add(request);
            }
        }
        Runnable asked = wake;
        if (asked != null) {
            asked.run();
        }
        return request;
    }

    @Override
    public void wakes(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public Status fill(Reentry reentry, int max) throws IOException {
        // Those that are refused cost as much.
        for (int i = 0; i < max; i++) {
            RetryRequest request = waiting.peek();
            while (request != null && !request.hasNext()) {
                waiting.remove();
                request = waiting.peek();
            }
            if (request == null) {
                return Status.IDLE;
            }
            long id = request.next();
            RetryOutcome refused = claim(id, request, reentry);
            if (refused != null) {
                decide(request, id, refused);
            }
        }
        return Status.READY;
    }

    private void decide(RetryRequest request, long id, RetryOutcome outcome) {
        request.decide(new Result(id, outcome, marks.state(id), marks.timeNs(id)));
    }

    /** Gives the letter back; says why if it cannot. */
    private @Nullable RetryOutcome claim(long id, RetryRequest request, Reentry reentry) throws IOException {
        if (flight(id) != null) {
            return RetryOutcome.UNDER_WAY;
        }
        if (marks.state(id) != LetterState.OPEN) {
            return RetryOutcome.DEALT_WITH_BEFORE;
        }
        Optional<Letter> found = finder.find(id);
        if (found.isEmpty()) {
            return RetryOutcome.NO_SUCH_LETTER;
        }
        Letter letter = found.get();
        String stage = letter.stage();
        EventType<?> type = reentry.typeAt(stage);
        if (type == null) {
            return RetryOutcome.NO_SUCH_STAGE;
        }
        if (!isReadable(letter, type)) {
            return RetryOutcome.UNREADABLE;
        }
        var flight = new Flight(letter, request);
        synchronized (lock) {
            flights.put(id, flight);
            inOrder.add(flight);
        }
        read(letter, type, reentry.claim(stage, id));
        return null;
    }

    private <E> boolean isReadable(Letter letter, EventType<E> type) {
        @SuppressWarnings("unchecked") // Put there under its type.
        E trial = (E) trials.computeIfAbsent(type, EventType::create);
        type.clear(trial);
        try {
            letter.read(trial, codecs.of(type));
            return true;
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }

    @SuppressWarnings("unchecked") // Reentry says so.
    private <E> void read(Letter letter, EventType<E> type, Object event) throws IOException {
        LetterCodec<E> codec = codecs.of(type);
        letter.read((E) event, codec);
    }

    /** The letter {@code id} if it is under way. Allocates nothing. */
    @Nullable
    Flight flight(long id) {
        synchronized (lock) {
            return flights.get(id);
        }
    }

    /** Hands each letter that is under way to {@code each}. */
    void eachUnderWay(Consumer<Letter> each) {
        synchronized (lock) {
            inOrder.forEach(flight -> each.accept(flight.letter()));
        }
    }

    @Override
    public void acknowledged(long count) {
        List<Flight> done = new ArrayList<>();
        synchronized (lock) {
            for (; acknowledged < count; acknowledged++) {
                done.add(requireNonNull(inOrder.poll(), "claimed"));
            }
        }
        if (done.isEmpty()) {
            return;
        }
        long timeNs = epochNs.getAsLong();
        marking.accept(done.stream()
                .map(flight -> new Mark(flight.id(), state(flight), flight.child(), timeNs))
                .toList());
        for (Flight flight : done) {
            RetryOutcome outcome = flight.hasChild() ? RetryOutcome.FAILED_AGAIN : RetryOutcome.RESOLVED;
            flight.request().decide(new Result(flight.id(), outcome, state(flight), timeNs));
        }
        synchronized (lock) {
            done.forEach(flight -> flights.remove(flight.id()));
        }
    }

    private static LetterState state(Flight flight) {
        return flight.hasChild() ? LetterState.RETRIED : LetterState.RESOLVED;
    }

    /** Takes requests, with none under way, if the pipeline does. */
    void open() {
        synchronized (lock) {
            acknowledged = 0;
            refusing = null;
            if (wake == null) {
                refuseAll(RetryOutcome.NO_WAY_BACK);
            }
        }
    }

    private void refuseAll(RetryOutcome why) {
        refusing = why;
        for (RetryRequest request = waiting.poll(); request != null; request = waiting.poll()) {
            refuse(request, why);
        }
    }

    /** Ends all that waits or is under way. */
    void close() throws IOException {
        synchronized (lock) {
            refuseAll(RetryOutcome.NOT_TRIED);
            wake = null;
            // Also those that are done with and whose marks could not be taken.
            for (Flight flight : flights.values()) {
                decide(flight.request(), flight.id(), RetryOutcome.NOT_KNOWN);
            }
            inOrder.clear();
            flights.clear();
        }
        finder.close();
    }

    private void refuse(RetryRequest request, RetryOutcome why) {
        while (request.hasNext()) {
            decide(request, request.next(), why);
        }
    }
}
