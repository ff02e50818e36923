package io.ringmain.internal.assembly;

import io.ringmain.config.Checkpointing;
import io.ringmain.config.Replaying;
import io.ringmain.config.Threading;
import io.ringmain.config.Waiting;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.internal.stage.SlotEmitter;
import io.ringmain.internal.stage.Take;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalReader;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stateful;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as it was described, before there are any rooms. Filled by the builder, read by {@link Check} and
 * {@link Assembler}.
 *
 * <p>Thread: the builder's.
 *
 * @param <E> the event of the first segment
 */
public final class Blueprint<E> {

    /** How long a drain may take if nobody says: 10 seconds. */
    public static final Duration DRAIN_DEFAULT = Duration.ofSeconds(10);

    /** A pollable source with its name; what a full ring does to it, null for what it does to all. */
    public record NamedSource<E>(
            String name, Source<E> source, @Nullable WhenFull whenFull) {}

    /** A push source with its name; what a full ring does to it, null for what it does to all. */
    public record NamedPushSource<E>(
            String name, PushSource<E> source, @Nullable WhenFull whenFull) {}

    /** A run that is repeated. */
    public record Replay(JournalReader reader, Replaying how) {}

    /** The pipeline's name. */
    public final String name;
    /** The segments, first to last. */
    public final List<SegmentPlan<?>> segments = new ArrayList<>();
    /** The pollable sources. */
    public final List<NamedSource<E>> sources = new ArrayList<>();
    /** The push sources. */
    public final List<NamedPushSource<E>> pushSources = new ArrayList<>();
    /** The stages that end the input when they have enough. */
    public final List<Take<?>> takes = new ArrayList<>();
    /** The settings that were made, by name. */
    public final Map<String, Object> settings = new HashMap<>();
    /** Whether sources may come and go, and the input goes on without any. */
    public boolean merging;
    /** What a full first ring does. */
    public WhenFull whenFull = WhenFull.block();
    /** What a failure does; must be chosen. */
    public @Nullable WhenFailed whenFailed;
    /** Where dead letters go. */
    public DeadLetters deadLetters = new MemoryDeadLetters();
    /** What a letter without room does. */
    public WhenLettersFull whenLettersFull = WhenLettersFull.STOP;
    /** How idle threads wait. */
    public Waiting waiting = Waiting.BLOCKING;
    /** Which stages share a thread. */
    public Threading threading = Threading.auto();
    /** Who calls the lanes; null for a thread each. */
    public @Nullable Runner runner;
    /** Where and how often checkpoints are kept; null for never. */
    public @Nullable Checkpointing checkpointing;
    /** What keeps the input for a replay; null for nothing. */
    public @Nullable Journal journal;
    /** What is given again in place of what the sources have; null in a run of their own. */
    public @Nullable Replay replay;
    /** How long closing may take. */
    public Duration drainWithin = DRAIN_DEFAULT;

    /** Makes an empty plan. */
    public Blueprint(String name) {
        this.name = name;
    }

    /** The types of the events of all segments. */
    List<EventType<?>> types() {
        List<EventType<?>> types = new ArrayList<>();
        segments.forEach(segment -> types.add(segment.type));
        return types;
    }

    /** Whether what a stage remembers is handed out. */
    boolean showsState() {
        return replay != null && replay.how().shown() != null;
    }

    /** Whether events may become dead letters. */
    boolean buries() {
        return segments.stream().anyMatch(this::buries);
    }

    /** Whether events of {@code segment} may become dead letters. */
    boolean buries(SegmentPlan<?> segment) {
        return (whenFailed != null && whenFailed.buries()) || segment.buries();
    }

    /** Whether one lane takes events from all inputs in turn. If not, all that there is publishes into the first ring itself. */
    boolean merges() {
        // Of a push source beside checkpoints it must be known which of its events lie before a barrier; and letters
        // come in by a door beside its own.
        return merging
                || !sources.isEmpty()
                || pushSources.size() > 1
                || ((checkpointing != null || givesLettersBack()) && !pushSources.isEmpty());
    }

    /** Whether letters of this plan could come back. Not where events wait in a room before the ring: one could be dropped that somebody has asked for. */
    private boolean givesLettersBack() {
        return replay == null && buries() && deadLetters.retries() != null && !whenFull.hasRoom();
    }

    /** Whether letters are kept by a store that remembers where it stands, or gives letters back, so that it stands among the sources. */
    boolean hasLetterIntake() {
        return replay == null
                && buries()
                && merges()
                && (deadLetters.retries() != null || deadLetters instanceof Stateful);
    }

    /** Whether letters come back. */
    boolean takesLettersBack() {
        return givesLettersBack() && merges();
    }

    /** How often the emitter that is most eager wants to be told what time it is; 0 if none does. A replay tells them what their run had told them. */
    long tickNs() {
        return replay != null
                ? 0
                : segments.stream()
                        .mapToLong(SegmentPlan::tickNs)
                        .filter(every -> every > 0)
                        .min()
                        .orElse(0);
    }

    /** Whether an emitter wants to be told when a source has ended. Behind results there are no sources. */
    boolean tellsEnds() {
        for (SegmentPlan<?> segment : segments) {
            if (segment.into == null || segment.into.edge() == null) {
                return replay == null && segment.into != null && segment.into.emitter() instanceof SlotEmitter;
            }
        }
        return false;
    }

    /** The names of those that give events from the start, by number; letters come behind them. */
    List<String> sourceNames() {
        List<String> names = new ArrayList<>();
        sources.forEach(source -> names.add(source.name()));
        pushSources.forEach(source -> names.add(source.name()));
        if (merging || names.isEmpty()) {
            names.add(Check.PUBLISHER);
        }
        return names;
    }

    /** What a full first ring does to inputs without a policy of their own. A push source that is alone is all that there is. */
    WhenFull firstWhenFull() {
        WhenFull own =
                merges() || pushSources.isEmpty() ? null : pushSources.get(0).whenFull();
        return own == null ? whenFull : own;
    }

    /** Whether inputs may have policies of their own beside others. */
    boolean takesPolicies() {
        boolean asked = sources.stream().anyMatch(source -> source.whenFull() != null)
                || pushSources.stream().anyMatch(source -> source.whenFull() != null);
        return (merging || asked) && merges() && !whenFull.hasRoom();
    }

    /** Whether some of the inputs need a small ring of their own. */
    boolean hasSideRings() {
        return merging || (merges() && !pushSources.isEmpty());
    }

    /** Checks that each item is either a result or a failure. */
    public void checkCollects() {
        if (whenFailed != null && !whenFailed.buries()) {
            throw new IllegalStateException("pipeline " + name + ": whenFailed: " + whenFailed
                    + " (expected: deadLetter, at least in the end); collect gives failures back");
        }
        if (!whenFull.equals(WhenFull.block())) {
            throw new IllegalStateException(
                    "pipeline " + name + ": whenFull: " + whenFull + " (expected: block); collect loses no item");
        }
    }
}
