package io.ringmain.spi;

import io.ringmain.spi.Source.Status;

/**
 * Letters that are to be tried again, asked by the engine when there is room, like a {@link Source}. It does not keep its pipeline from ending: when all
 * sources have ended and it is idle, so has the input.
 *
 * <p>Thread: {@link #fill} on the intake thread, must not block; {@link #acknowledged} on the supervisor's.
 */
public interface LetterSource {

    /** Says whom to call when there is something to fill. Once, before the pipeline starts; {@code wake} may be run by any thread. */
    default void wakes(Runnable wake) {}

    /**
     * Claims and fills as many letters as are to be tried, at most {@code max}.
     *
     * @param reentry gives the events; valid during this call only
     * @param max how many may be claimed in this call, at least 1
     * @return {@link Status#READY} if there may be more at once, else {@link Status#IDLE}
     */
    Status fill(Reentry reentry, int max) throws Exception;

    /**
     * The first {@code count} letters that were claimed, of all calls, are done with: each is durably in every sink that is to have it, or was filtered, absorbed or
     * dropped; or it has failed again, and {@link DeadLetters#add} was called for it before this. Counts grow. Called behind each barrier, and the last one; must not block.
     */
    void acknowledged(long count);
}
