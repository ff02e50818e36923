package io.ringmain;

import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.LetterSource;
import io.ringmain.spi.Reentry;
import io.ringmain.spi.Source.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of a simulated pipeline: a store that has no room now and then, and of which some give letters back, at random moments. Knows who may see an
 * event that came back: nobody before the place where it failed, and nobody after it was said to be done with. With random numbers of its own, so that what older seeds
 * draw stays what it was.
 */
final class SimLetters implements DeadLetters, LetterSource {

    /** How often an event may come back. */
    private static final int RETURNS_MAX = 2;

    private static final String SINK = "sink";

    private final List<Letter> letters = new ArrayList<>();
    private final List<Letter> claimed = new ArrayList<>();
    private final ArrayDeque<Letter> requested = new ArrayDeque<>();
    private final Set<String> heads = new HashSet<>();
    private final SplittableRandom random;
    private final List<SimSink> sinks;
    /** By which the edges before sinks may drop what came back. */
    private final SimPolicies ofEdges;

    private final boolean givesBack;
    private final int failPercent;
    private SplittableRandom room = new SplittableRandom(0);
    private boolean reliable;
    private int acknowledged;
    private Runnable wake = () -> {};

    SimLetters(long seed, List<SimSink> sinks, SimPolicies ofEdges) {
        this.ofEdges = ofEdges;
        random = new SplittableRandom(seed ^ 0xB3916CF70801F2E2L);
        givesBack = random.nextInt(3) == 0;
        failPercent = givesBack && random.nextInt(4) > 0 ? 1 + random.nextInt(15) : 0;
        this.sinks = sinks;
    }

    boolean givesBack() {
        return givesBack;
    }

    /** Draws from the plan's own random how often there is room. */
    SimLetters drawn(SplittableRandom plan) {
        room = plan.split();
        reliable = plan.nextBoolean();
        return this;
    }

    private static final class Letter {

        private final int number;
        private final String stage;
        private final SimEvent event = new SimEvent();
        private final @Nullable Letter parent;
        private boolean isRequested;
        private boolean isSeen;
        private boolean isDone;

        Letter(int number, String stage, @Nullable Letter parent) {
            this.number = number;
            this.stage = stage;
            this.parent = parent;
        }

        /** Whether it is for {@code sink} alone. */
        boolean isOf(SimSink sink) {
            return stage.equals(sink.name()) || stage.equals(sink.name() + "/edge");
        }

        /** Whether it is for a sink alone. */
        boolean isOfSink() {
            return stage.startsWith(SINK);
        }

        /** The place of its stage. */
        int place() {
            return Integer.parseInt(stage.replaceAll("\\D", ""));
        }

        /** How often its event came back before. */
        int returns() {
            return parent == null ? 0 : 1 + parent.returns();
        }

        /** Whether its event may give what it has given already: of an emitter that failed half-way a part has left. */
        boolean mayRepeat() {
            return stage.startsWith("explode") || (parent != null && parent.mayRepeat());
        }
    }

    private @Nullable Letter of(SimEvent event) {
        return event.letter == 0 ? null : letters.get(event.letter - 1);
    }

    private Letter underWay(SimEvent event, Letter letter) {
        if (letter.isDone) {
            throw new BrokenInvariant(
                    "event " + event.id + " of letter " + letter.number + " is met after it was done with");
        }
        return letter;
    }

    /** An event is met; if it came back it must be under way. */
    void isUnderWay(SimEvent event) {
        Letter letter = of(event);
        if (letter != null) {
            underWay(event, letter);
        }
    }

    /** The stage at {@code place} meets an event. */
    void meets(SimEvent event, int place) {
        Letter letter = of(event);
        if (letter == null) {
            return;
        }
        if (underWay(event, letter).isOfSink() || letter.place() > place) {
            throw new BrokenInvariant(
                    "place " + place + " met event " + event.id + ", which came back to " + letter.stage);
        }
        letter.isSeen |= letter.place() == place;
    }

    /** A sink behind {@code place} meets an event. */
    void meets(SimEvent event, SimSink sink, int place) {
        Letter letter = of(event);
        if (letter == null) {
            return;
        }
        boolean isItsOwn = underWay(event, letter).isOf(sink);
        if (letter.isOfSink() ? !isItsOwn : letter.place() > place) {
            throw new BrokenInvariant(sink + " met event " + event.id + ", which came back to " + letter.stage);
        }
        letter.isSeen |= isItsOwn;
    }

    /** Fails if the event is to fail at the place until it has come back. */
    void check(SimEvent event, int place) {
        if (roll(event, place, 1).nextInt(100) < failPercent && !mends(event, place)) {
            throw new IllegalStateException("fault until it comes back at place " + place);
        }
    }

    /** Whether what fails at the place passes it now, because it came back. */
    boolean mends(SimEvent event, int place) {
        Letter letter = of(event);
        return letter != null && roll(event, place, 2 + letter.returns()).nextInt(3) > 0;
    }

    private static SplittableRandom roll(SimEvent event, int place, int salt) {
        return new SplittableRandom(event.id << 24 ^ (long) event.source << 12 ^ place * 31L ^ salt * 0x5DEECE66DL);
    }

    /** Whether an event may be given to a sink that has it. */
    boolean mayRepeat(SimEvent event) {
        Letter letter = of(event);
        return letter != null && letter.mayRepeat();
    }

    /** Perhaps asks for a letter. */
    void turn() {
        if (!givesBack || letters.isEmpty() || random.nextInt(12) > 0) {
            return;
        }
        Letter letter = letters.get(random.nextInt(letters.size()));
        if (!letter.isRequested && letter.returns() < RETURNS_MAX) {
            letter.isRequested = true;
            requested.add(letter);
            wake.run();
        }
    }

    @Override
    public boolean add(FailedEvent<?> failed) {
        if (!(failed.event() instanceof SimEvent event)) {
            throw new BrokenInvariant("a letter of no event: " + failed.event());
        }
        if (!reliable && room.nextInt(3) == 0) {
            return false;
        }
        Letter parent = of(event);
        if (failed.source().equals(SOURCE) && (parent == null || parent.number != failed.position())) {
            throw new BrokenInvariant(
                    "letter " + failed.position() + " fails as event " + event.id + " of letter " + event.letter);
        }
        var letter = new Letter(letters.size() + 1, failed.stage(), parent);
        SimEvent.TYPE.copy(event, letter.event);
        if (parent != null) {
            underWay(event, parent);
        }
        if (!letter.mayRepeat()
                && !heads.add(letter.stage + ' ' + event.source + ' ' + event.id + ' ' + event.letter)) {
            throw new BrokenInvariant("event " + event.id + " is the letter of " + letter.stage + " twice");
        }
        letters.add(letter);
        return true;
    }

    @Override
    public long count() {
        return letters.size();
    }

    @Override
    public @Nullable LetterSource retries() {
        return givesBack ? this : null;
    }

    @Override
    public void wakes(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public Status fill(Reentry reentry, int max) {
        for (int i = 0; i < max && !requested.isEmpty(); i++) {
            Letter letter = requested.remove();
            if (reentry.typeAt(letter.stage) == null) {
                // Behind an edge where it could be dropped on the way.
                continue;
            }
            SimEvent event = (SimEvent) reentry.claim(letter.stage, letter.number);
            SimEvent.TYPE.copy(letter.event, event);
            event.letter = letter.number;
            claimed.add(letter);
            if (random.nextInt(4) == 0) {
                break;
            }
        }
        return requested.isEmpty() ? Status.IDLE : Status.READY;
    }

    @Override
    public void acknowledged(long count) {
        if (count > claimed.size()) {
            throw new BrokenInvariant(count + " letters are done with (expected: at most " + claimed.size() + ')');
        }
        for (; acknowledged < count; acknowledged++) {
            Letter letter = claimed.get(acknowledged);
            letter.isDone = true;
            if (!letter.isSeen && !(letter.isOfSink() && ofEdges.lose())) {
                throw new BrokenInvariant(
                        "letter " + letter.number + " came back to " + letter.stage + " and was not met");
            }
            for (SimSink sink : sinks) {
                if (sink.holds(letter.number)) {
                    throw new BrokenInvariant(sink + " is not flushed, and letter " + letter.number + " is done with");
                }
            }
        }
    }

    /** How many have come back. */
    long claimed() {
        return claimed.size();
    }

    /** A pipeline that has not failed has ended. */
    void checkEnd() {
        if (acknowledged < claimed.size()) {
            throw new BrokenInvariant("of " + claimed.size() + " letters that came back " + acknowledged
                    + " are done with (expected: all)");
        }
    }

    @Override
    public String toString() {
        return givesBack ? " retrying" : "";
    }
}
