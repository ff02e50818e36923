package io.ringmain.internal.stage;

import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.latency.Latency;
import io.ringmain.internal.ring.Place;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Transform;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a lane: the user's code, what it did and how long it took.
 *
 * <p>One of {@link #transform}, {@link #stage}, {@link #patient} and {@link #slotStage} is set, or none for an emitter. They are called directly from the lane's loop and not through a common
 * wrapper, which would add a second call that the JIT cannot inline.
 *
 * <p>Thread: the lane's; counts and times may be read by any.
 *
 * @param <E> the event
 */
public final class Step<E> {

    final @Nullable Transform<? super E> transform;
    final @Nullable Stage<? super E> stage;
    final @Nullable PatientStage<? super E> patient;
    final @Nullable SlotStage<E> slotStage;
    final boolean restoring;
    final Counter filtered = new Counter();
    int filteredInBatch;
    final Counter failed = new Counter();
    final Counter dropped = new Counter();
    final Counter dead = new Counter();
    final Latency waited = new Latency();
    final Latency service = new Latency();
    private final String name;
    private @Nullable Saved saved;
    private int place = Place.FIRST;

    private Step(
            String name,
            @Nullable Transform<? super E> transform,
            @Nullable Stage<? super E> stage,
            @Nullable PatientStage<? super E> patient,
            @Nullable SlotStage<E> slotStage) {
        this.name = name;
        this.transform = transform;
        this.stage = stage;
        this.patient = patient;
        this.slotStage = slotStage;
        restoring = stage != null ? stage.restoring() : slotStage != null && slotStage.restoring();
    }

    /** Makes a step that always passes on. */
    public static <E> Step<E> ofTransform(String name, Transform<? super E> transform) {
        return new Step<>(name, transform, null, null, null);
    }

    /** Makes a step that may end the event's way. */
    public static <E> Step<E> ofStage(String name, Stage<? super E> stage) {
        return new Step<>(name, null, stage, null, null);
    }

    /** Makes a step at which events may wait. */
    static <E> Step<E> ofPatient(String name, PatientStage<? super E> patient) {
        return new Step<>(name, null, null, patient, null);
    }

    /** Makes a step that lets so many events pass per second. */
    public static <E> Step<E> ofThrottle(String name, double perSecond, int burst) {
        return ofPatient(name, new Throttle<>(perSecond, burst));
    }

    /** Makes a step whose stage has {@code limitNs} for each event, on a thread of its own. */
    public static <E> Step<E> ofTimed(String name, TimedStage.Parts<E> parts, long limitNs) {
        return ofPatient(name, new TimedStage<>(parts, limitNs));
    }

    /** Makes a step of the engine's own that must know the slot. */
    public static <E> Step<E> ofSlots(String name, SlotStage<E> slotStage) {
        return new Step<>(name, null, null, null, slotStage);
    }

    /** Makes the step of an emitter, which its lane calls. */
    public static <E> Step<E> ofEmitter(String name) {
        return new Step<>(name, null, null, null, null);
    }

    /** The name that the embedder gave. */
    public String name() {
        return name;
    }

    /** What the embedder gave: a stage or a transform; null if the step is the engine's own, or an emitter's. */
    public @Nullable Object user() {
        return stage != null ? stage : transform;
    }

    /** Says where it stands in the pipeline. Before the start. */
    public void standsAt(int place) {
        this.place = place;
    }

    /** Whether it meets an event that came back and goes on at {@code target}. */
    boolean isFor(int target) {
        return Place.meets(target, place);
    }

    /** Says where the stage's state goes when a barrier passes; null if it has none. Before the start. */
    public void remembers(@Nullable Saved state) {
        saved = state;
    }

    /** Lets a stage of the engine's own meet a control event. */
    void control(int kind, long sequence) {
        if (slotStage != null) {
            slotStage.control(kind, sequence);
        }
    }

    /** A barrier passes: what the stage has gathered up to there is saved; of a partition, that of the groups from {@code from} to before {@code to}. */
    void save(long sequence, int from, int to) throws StoppedException {
        if (slotStage != null) {
            slotStage.save(sequence, from, to);
        } else if (saved != null) {
            saved.save();
        }
    }

    /** Whether the lane must keep a copy for another attempt. */
    public boolean restoring() {
        return restoring;
    }

    /** What the user's stage says about its failure at the event at {@code sequence}. */
    FailureKind kindOf(Exception failure, long sequence) {
        if (stage != null) {
            return stage.kindOf(failure);
        }
        if (patient != null) {
            return patient.kindOf(failure);
        }
        return slotStage == null ? FailureKind.of(failure) : slotStage.kindOf(failure, sequence);
    }

    /** Opens the user's stage. */
    public void open() throws Exception {
        if (stage != null) {
            stage.open();
        } else if (patient != null) {
            patient.open();
        }
    }

    /** Closes the user's stage. */
    public void close() throws Exception {
        if (stage != null) {
            stage.close();
        } else if (patient != null) {
            patient.close();
        }
    }

    /** Closes what the lane of the step has open, now that it has ended. */
    void laneEnded() throws Exception {
        if (slotStage != null) {
            slotStage.laneEnded();
        } else {
            close();
        }
    }

    /** How many events it filtered out. */
    public long filtered() {
        return filtered.value();
    }

    /** How many attempts failed. */
    public long failed() {
        return failed.value();
    }

    /** How many events were dropped because it failed. */
    public long dropped() {
        return dropped.value();
    }

    /** How many events became dead letters because it failed. */
    public long dead() {
        return dead.value();
    }

    /** How long sampled events waited before it. */
    public Latency waited() {
        return waited;
    }

    /** How long it worked on sampled events. */
    public Latency service() {
        return service;
    }
}
