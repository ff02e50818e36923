package io.ringmain.internal.stage;

import static java.util.Objects.requireNonNull;

import io.ringmain.internal.checkpoint.Checkpoints;
import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.ring.Groups;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The user's stages of a partition, one for each key group: what a stage remembers belongs to the keys of its group and not to a
 * lane, so any number of lanes gives the same results, and groups may move from lane to lane.
 *
 * <p>Thread: a stage is called by the lane that owns its group; {@link Part} orders the hand-over.
 *
 * @param <E> the event
 */
public final class KeyedStages<E> {

    private final Stage<? super E>[] stages;
    private final @Nullable Saved[] saved = new Saved[Groups.COUNT];
    private final AtomicInteger lanes = new AtomicInteger();
    private int opened;

    /** Makes the stages by {@code factory}, called once for each group. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type can be made in no other way.
    public KeyedStages(Supplier<? extends Stage<? super E>> factory) {
        stages = new Stage[Groups.COUNT];
        for (int group = 0; group < stages.length; group++) {
            stages[group] = requireNonNull(factory.get(), "stages.get()");
        }
    }

    /** Says where the state of each group's stage goes when a barrier passes. Before the start. */
    public void remember(String name, Checkpoints checkpoints) {
        for (int group = 0; group < stages.length; group++) {
            saved[group] = checkpoints.part("stage/" + name + '/' + group, stages[group]);
        }
    }

    /** Whether the stages remember something. */
    public boolean areStateful() {
        return stages[0] instanceof Stateful;
    }

    /** Whether a lane must keep a copy of each event for another attempt. */
    public boolean restoring() {
        for (Stage<? super E> stage : stages) {
            if (stage.restoring()) {
                return true;
            }
        }
        return false;
    }

    /** Makes the step of one more lane of the partition {@code name}. */
    public Step<E> step(String name, Groups groups) {
        lanes.incrementAndGet();
        return Step.ofSlots(name, new OfLane(groups));
    }

    /** Opens the stages; if one fails, those before it are closed. */
    public void open() throws Exception {
        try {
            for (Stage<? super E> stage : stages) {
                stage.open();
                opened++;
            }
        } catch (Exception failure) {
            try {
                close();
            } catch (Exception second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    /** Closes the stages that are open. */
    public void close() throws Exception {
        Exception first = null;
        for (; opened > 0; opened--) {
            try {
                stages[opened - 1].close();
            } catch (Exception failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** The stages as one lane sees them. */
    private final class OfLane implements SlotStage<E> {

        private final Groups groups;

        OfLane(Groups groups) {
            this.groups = groups;
        }

        @Override
        public boolean process(E event, long sequence) throws Exception {
            return stages[groups.of(sequence)].process(event);
        }

        @Override
        public FailureKind kindOf(Exception failure, long sequence) {
            return stages[groups.of(sequence)].kindOf(failure);
        }

        @Override
        public void save(long sequence, int from, int to) throws StoppedException {
            for (int group = from; group < to; group++) {
                Saved state = saved[group];
                if (state != null) {
                    state.save();
                }
            }
        }

        @Override
        public boolean restoring() {
            return KeyedStages.this.restoring();
        }

        @Override
        public void laneEnded() throws Exception {
            // A lane that was halted just before a change of lanes may think that it owns what a sibling works on by
            // now:
            // so none closes its own, and the last one closes all.
            if (lanes.decrementAndGet() == 0) {
                close();
            }
        }
    }
}
