package io.ringmain.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.ringmain.internal.run.Signal;
import io.ringmain.spi.Completion;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What the sink says about one attempt. Each attempt has one of its own, which is never used again: a second word about it, however late,
 * must not be taken for the first about another batch. That is the one object per batch that is not pre-allocated.
 *
 * <p>Thread: {@link #done} and {@link #failed} any; the others the lane's.
 */
final class Answer implements Completion {

    private static final Object TAKEN = new Object();
    private static final VarHandle SAID;

    static {
        try {
            SAID = MethodHandles.lookup().findVarHandle(Answer.class, "said", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Signal answered;

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // Used through the VarHandle.
    private @Nullable Object said;

    Answer(Signal answered) {
        this.answered = answered;
    }

    @Override
    public void done() {
        say(TAKEN);
    }

    @Override
    public void failed(Exception why) {
        say(requireNonNull(why, "why"));
    }

    private void say(Object what) {
        if (SAID.compareAndSet(this, null, what)) {
            answered.raise();
        }
    }

    /** Whether the sink has answered: all that it did with the batch before is seen now. */
    boolean hasCome() {
        return SAID.getAcquire(this) != null;
    }

    /** Why the attempt failed; null if it did not. */
    @Nullable
    Exception failure() {
        return SAID.getAcquire(this) instanceof Exception failure ? failure : null;
    }
}
