package io.ringmain.internal.assembly;

import io.ringmain.config.WhenFailed;
import io.ringmain.internal.failure.Attempts;
import io.ringmain.internal.failure.Burial;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.stage.EventLane.Fate;

/** Says of each lane of a segment what becomes of events that fail there. */
record Fates<E>(SegmentBuilder.Site site, Ring<E> ring, Inlet inlet) {

    /** What becomes of events that fail in {@code lane}. */
    Fate<E> of(String lane) {
        return new Fate<>(attempts(lane, site.whenFailed()), burial(), site.failures());
    }

    /** The attempts of {@code lane} under {@code policy}. */
    Attempts attempts(String lane, WhenFailed policy) {
        return site.retries().attempts(lane, policy);
    }

    /** How a lane turns events into letters; its own. */
    Burial<E> burial() {
        Blueprint<?> plan = site.plan();
        return new Burial<>(
                ring,
                new Burial.LetterHead(
                        plan.name, inlet.sourceNames(), inlet.lasting(), plan.deadLetters, plan.whenLettersFull));
    }
}
