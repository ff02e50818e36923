package io.ringmain.internal.failure;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Backoff;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.spi.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How often a lane has tried what it stands at, and when it may try again: the lane's side of {@link WhenFailed}.
 *
 * <p>Attempts that failed for want of room are counted apart: they take none away from those that the policy gives.
 *
 * <p>Thread: the lane's own.
 */
public final class Attempts {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    private final Where where;
    private final WhenFailed policy;
    private final RandomGenerator random;
    private final BlockedTime blocked = new BlockedTime("retry");
    private final BlockedTime roomless = new BlockedTime("no_room");
    private BlockedTime why = blocked;
    private int failed;
    private int failedForRoom;
    private boolean wantsRoom;
    private long firstFailedNs;
    private long resumeAtNs = Long.MAX_VALUE;

    /** Which lane it is of which pipeline, for messages. */
    record Where(String pipeline, String lane) {}

    /** Makes the state of a lane under {@code policy}, with pauses drawn from {@code random}, which is the lane's own. */
    Attempts(Where where, WhenFailed policy, RandomGenerator random) {
        this.where = where;
        this.policy = policy;
        this.random = random;
    }

    /** Notes that an attempt failed at {@code nowNs} with {@code failure}, about which {@code user} knows more; says what to do. */
    public Decision failed(Exception failure, Classification user, long nowNs) {
        FailureKind kind = kind(failure, user);
        wantsRoom = kind == FailureKind.NO_ROOM;
        if (wantsRoom) {
            return waitForRoom(failure, nowNs);
        }
        firstFailedNs = failed == 0 ? nowNs : firstFailedNs;
        failed++;
        return switch (kind) {
            case TRANSIENT -> isOver(nowNs) ? last() : Decision.AGAIN;
            case PERMANENT -> last();
            case FATAL, NO_ROOM -> Decision.STOP;
        };
    }

    private static FailureKind kind(Exception failure, Classification user) {
        try {
            return requireNonNull(user.kindOf(failure), "kindOf");
        } catch (RuntimeException second) {
            // What cannot say what it is, is what it was before anybody could ask.
            failure.addSuppressed(second);
            return FailureKind.TRANSIENT;
        }
    }

    /** Whether there is no further attempt; begins the pause before it if there is one. */
    private boolean isOver(long nowNs) {
        if (!(policy instanceof WhenFailed.Retry retry) || failed > retry.retries()) {
            return true;
        }
        long pauseNs = retry.backoff().pauseNs(failed, random);
        if (!retry.allows(pauseNs, nowNs - firstFailedNs)) {
            return true;
        }
        resumeAtNs = nowNs + pauseNs;
        why = blocked;
        why.hold(nowNs);
        return false;
    }

    private Decision last() {
        if (policy.buries()) {
            return Decision.BURY;
        }
        return policy.last() instanceof WhenFailed.Skip ? Decision.SKIP : Decision.STOP;
    }

    private Decision waitForRoom(Exception failure, long nowNs) {
        if (failedForRoom == 0) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "There is no room for what is to be written; it is held back until there is. " + where(),
                    failure);
        }
        failedForRoom++;
        Backoff backoff = policy instanceof WhenFailed.Retry retry ? retry.backoff() : Backoff.DEFAULT;
        resumeAtNs = nowNs + backoff.pauseNs(failedForRoom, random);
        why = roomless;
        why.hold(nowNs);
        return Decision.AGAIN;
    }

    private String where() {
        return "pipeline=" + where.pipeline + " at=" + where.lane;
    }

    /** Whether the lane must stay where it is at {@code nowNs}. */
    public boolean pausing(long nowNs) {
        if (resumeAtNs == Long.MAX_VALUE) {
            return false;
        }
        if (nowNs < resumeAtNs) {
            why.hold(nowNs);
            return true;
        }
        why.release(nowNs);
        resumeAtNs = Long.MAX_VALUE;
        return false;
    }

    /** When the lane may try again; {@link Long#MAX_VALUE} when it is not pausing. */
    public long resumeAtNs() {
        return resumeAtNs;
    }

    /** How many attempts have failed at the place where the lane stands, those for want of room not counted. */
    public int count() {
        return failed;
    }

    /** Whether the last attempt that failed did so for want of room. */
    public boolean wantsRoom() {
        return wantsRoom;
    }

    /** Whether an attempt has failed where the lane stands. */
    public boolean any() {
        return failed + failedForRoom > 0;
    }

    /** The lane goes on to something new. */
    public void reset() {
        failed = 0;
        if (failedForRoom > 0) {
            failedForRoom = 0;
            LOGGER.log(System.Logger.Level.INFO, "There is room again. " + where());
        }
    }

    /** The time spent between attempts, and waiting for room if that has happened, and {@code more}. */
    public List<BlockedTime> blockedAnd(BlockedTime... more) {
        List<BlockedTime> all = new ArrayList<>();
        all.add(blocked);
        if (roomless.count() > 0) {
            all.add(roomless);
        }
        all.addAll(List.of(more));
        return all;
    }
}
