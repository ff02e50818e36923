package io.ringmain.internal.stage;

import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Applies consecutive stages to each event in place.
 *
 * <p>The lane takes what is there, up to its batch limit, event by event and stage by stage, and passes its sequence on once. Four
 * things make it stop inside a batch, and all are the same state, "stand at the next sequence, stage {@link #resumeAt}": a
 * failure that is to be tried again, a dead letter without room, a stage that lets the event wait, and a sampled event. A sampled event is taken alone and one
 * stage per call, so that the times of the calls, which the lane is given, tell how long each stage took; the lane itself
 * never reads a clock.
 *
 * <p>Several lanes may share the work as stripes: whoever is free takes the next block, see {@link io.ringmain.internal.ring.Share},
 * and those behind wait for the minimum, so that they meet the events in order. Or they are the lanes of a partition: each walks over all slots and
 * works on the events of its {@link Part}.
 *
 * <p>Thread: one, the lane's.
 *
 * @param <E> the event
 */
public class StageLane<E> extends EventLane<E> {

    private final Step<E>[] steps;
    private final @Nullable E saved;
    private final @Nullable Part part;

    private int resumeAt;
    private boolean savedForRetry;
    private int sampledStage = -1;
    private long sampledNs;
    private boolean ended;
    private boolean helper;
    // What the event that the lane stands at waits for; null if it does not wait.
    private @Nullable PatientStage<? super E> waitsFor;
    private final BlockedTime waiting;
    // Why the barrier that the lane stands at cannot pass.
    private @Nullable StoppedException unsaved;

    /** Makes a lane of {@code steps}, at least one. */
    public StageLane(String name, LaneCursor cursor, Ring<E> ring, List<Step<E>> steps, Fate<E> fate) {
        this(name, cursor, ring, new Work<>(steps, null), fate);
    }

    /** What a lane does: {@code steps}, at least one; to all events, or, as a lane of a partition, to those of its {@code part}. */
    public record Work<E>(List<Step<E>> steps, @Nullable Part part) {}

    /** Makes a lane that does {@code work}. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type can be made in no other way.
    public StageLane(String name, LaneCursor cursor, Ring<E> ring, Work<E> work, Fate<E> fate) {
        super(name, cursor, ring, fate);
        steps = work.steps().toArray(new Step[0]);
        part = work.part();
        saved = work.steps().stream().anyMatch(Step::restoring) ? ring.type().create() : null;
        waiting = new BlockedTime(work.steps().stream()
                .flatMap(step -> Stream.ofNullable(step.patient))
                .map(PatientStage::why)
                .findFirst()
                .orElse("none"));
    }

    @Override
    public int work(long nowNs) throws StoppedException {
        int worked = sampledStage >= 0 ? endSample(nowNs) : 0;
        if (isHeld(nowNs)) {
            return worked + tryToLeave(nowNs);
        }
        long high = cursor.poll();
        long next = cursor.next();
        if (high < next) {
            ended = ended || cursor.atCut();
            return cursor.gaveWay() ? worked + 1 : worked;
        }
        if (Slot.isLiveSample(mark(next)) && !attempts.any()) {
            return worked + beginSample(next, nowNs);
        }
        return worked + take(next, high, nowNs);
    }

    /** Takes the events from {@code low} to {@code high}, as far as they let it; returns how many slots it passed. */
    private int take(long low, long high, long nowNs) throws StoppedException {
        long sequence = low;
        int stage = resumeAt;
        int skipped = 0;
        try {
            for (; sequence <= high; sequence++) {
                byte mark = mark(sequence);
                if (mark != 0) {
                    if (!Slot.isLive(mark)) {
                        if (!passesControl(mark, sequence)) {
                            break;
                        }
                        skipped++;
                        continue;
                    }
                    if (sequence > low) {
                        break;
                    }
                    if (Slot.isResumed(mark)) {
                        stage = resumesAt(sequence, stage);
                    }
                }
                E event = ring.event(sequence);
                for (; stage < steps.length; stage++) {
                    if (!apply(steps[stage], event, sequence, nowNs)) {
                        if (waitsFor != null) {
                            return standWaiting(low, sequence, skipped, stage);
                        }
                        filter(sequence, steps[stage]);
                        break;
                    }
                }
                stage = 0;
            }
        } catch (Exception failure) {
            if (sequence > low || stage != resumeAt) {
                attempts.reset();
            }
            passed(low, sequence, skipped);
            return (int) (sequence - low) + stand(stage, failure, nowNs);
        } catch (Error error) {
            passed(low, sequence, skipped);
            throw error;
        }
        resumeAt = 0;
        attempts.reset();
        passed(low, sequence, skipped);
        if (unsaved != null) {
            throw unsaved;
        }
        return (int) (sequence - low);
    }

    /** The first of the stages from {@code stage} on that meets an event which came back. */
    private int resumesAt(long sequence, int stage) {
        int target = columns.resumesAt(sequence);
        int first = stage;
        while (first < steps.length && !steps[first].isFor(target)) {
            first++;
        }
        return first;
    }

    private int standWaiting(long low, long sequence, int skipped, int stage) {
        if (sequence > low || stage != resumeAt) {
            attempts.reset();
        }
        resumeAt = stage;
        passed(low, sequence, skipped);
        return (int) (sequence - low);
    }

    private byte mark(long sequence) {
        return part == null ? columns.mark(sequence) : part.mark(sequence);
    }

    /** Looks at a slot without live event; {@code false} if the lane must stand there, with the batch ended before it. */
    private boolean passesControl(byte mark, long sequence) {
        int kind = Slot.kind(mark);
        if (kind == Slot.END) {
            ended = true;
            cursor.endAt(sequence);
        } else if (kind == Slot.BARRIER) {
            return saved(sequence);
        } else if (kind == Slot.REPARTITION && part != null && part.isMeantBy(sequence)) {
            return part.takeOver(sequence);
        } else if (kind == Slot.TICK || kind == Slot.WATERMARK) {
            for (Step<E> step : steps) {
                step.control(kind, sequence);
            }
        }
        return true;
    }

    /** A barrier passes: all events before it have met all stages. Returns {@code false} if a stage could not say what it remembers. */
    private boolean saved(long sequence) {
        try {
            for (Step<E> step : steps) {
                step.save(sequence, part == null ? 0 : part.from(), part == null ? 0 : part.to());
            }
            return true;
        } catch (StoppedException failure) {
            unsaved = failure;
            return false;
        }
    }

    private void passed(long low, long next, int skipped) {
        if (next > low) {
            pass(next - 1, next - low - skipped);
        }
        publishFiltered();
    }

    /** After the events themselves are counted as taken, so that no picture shows more filtered than taken. */
    private void publishFiltered() {
        for (Step<E> step : steps) {
            if (step.filteredInBatch > 0) {
                step.filtered.add(step.filteredInBatch);
                step.filteredInBatch = 0;
            }
        }
    }

    /** Returns whether the event goes on; if not it is filtered, or waits if {@link #waitsFor} is set. */
    private boolean apply(Step<E> step, E event, long sequence, long nowNs) throws Exception {
        Transform<? super E> transform = step.transform;
        if (transform != null) {
            transform.apply(event);
            return true;
        }
        if (step.restoring) {
            restoreOrSave(event);
        }
        Stage<? super E> stage = step.stage;
        if (stage != null) {
            return stage.process(event);
        }
        SlotStage<E> slotStage = step.slotStage;
        return slotStage == null ? ask(step, event, nowNs) : slotStage.process(event, sequence);
    }

    private boolean ask(Step<E> step, E event, long nowNs) throws Exception {
        PatientStage<? super E> patient = step.patient;
        if (patient == null) {
            return true;
        }
        waitsFor = null;
        PatientStage.Answer answer = PatientStage.Answer.FILTER;
        try {
            answer = patient.process(event, nowNs);
        } finally {
            if (answer == PatientStage.Answer.WAIT) {
                waitsFor = patient;
                waiting.hold(nowNs);
            } else {
                waiting.release(nowNs);
            }
        }
        return answer == PatientStage.Answer.PASS;
    }

    private void restoreOrSave(E event) {
        E kept = saved;
        if (kept == null) {
            return;
        }
        if (savedForRetry) {
            ring.type().copy(kept, event);
        } else {
            ring.type().copy(event, kept);
        }
        savedForRetry = false;
    }

    private void filter(long sequence, Step<E> step) {
        columns.mark(sequence, Slot.FILTERED);
        step.filteredInBatch++;
    }

    private int stand(int stage, Exception failure, long nowNs) throws StoppedException {
        resumeAt = stage;
        savedForRetry = steps[stage].restoring;
        return failed(failure, nowNs);
    }

    @Override
    Step<E> standingStep() {
        return steps[resumeAt];
    }

    @Override
    void restore() {
        E kept = saved;
        if (kept != null && savedForRetry) {
            ring.type().copy(kept, ring.event(cursor.next()));
        }
    }

    @Override
    void leave() {
        resumeAt = 0;
        savedForRetry = false;
    }

    /** Returns how much it did: nothing if the event must wait. */
    private int beginSample(long sequence, long nowNs) throws StoppedException {
        if (waitsFor == null) {
            if (resumeAt == 0) {
                steps[0].waited.record(nowNs - columns.handedNs(sequence));
            }
            sampledNs = nowNs;
        }
        Step<E> step = steps[resumeAt];
        sampledStage = resumeAt;
        try {
            if (apply(step, ring.event(sequence), sequence, nowNs)) {
                resumeAt++;
            } else if (waitsFor != null) {
                sampledStage = -1;
                return 0;
            } else {
                filter(sequence, step);
                resumeAt = steps.length;
            }
        } catch (Exception failure) {
            sampledStage = -1;
            stand(resumeAt, failure, nowNs);
        }
        return 1;
    }

    private int endSample(long nowNs) {
        steps[sampledStage].service.record(nowNs - sampledNs);
        sampledStage = -1;
        if (resumeAt < steps.length) {
            return 0;
        }
        resumeAt = 0;
        columns.handOn(cursor.next(), nowNs);
        pass(cursor.next(), 1);
        publishFiltered();
        return 1;
    }

    @Override
    public long wakeAtNs() {
        PatientStage<? super E> patient = waitsFor;
        return patient == null ? super.wakeAtNs() : Math.min(super.wakeAtNs(), patient.wakeAtNs());
    }

    @Override
    public List<BlockedTime> blocked() {
        List<BlockedTime> all = new ArrayList<>(super.blocked());
        if (waiting.count() > 0) {
            all.add(waiting);
        }
        return all;
    }

    /** Makes the lane take a block of its share only when the lanes before it on its thread have nothing to do. Before the start. */
    public void help() {
        helper = true;
    }

    @Override
    public boolean onlyHelps() {
        return helper && cursor.isIdle();
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public void release() throws Exception {
        Exception first = null;
        for (Step<E> step : steps) {
            try {
                step.laneEnded();
            } catch (Exception failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public List<Step<E>> steps() {
        return List.of(steps);
    }
}
