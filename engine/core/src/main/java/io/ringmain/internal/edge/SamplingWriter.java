package io.ringmain.internal.edge;

import io.ringmain.internal.ring.RingWriter;
import io.ringmain.spi.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Lets a share of the events into the ring. An event that must wait for room keeps its number, so its coin is not tossed again.
 *
 * <p>Thread: the writing lane's.
 *
 * @param <E> the event
 */
final class SamplingWriter<E> extends DiscardingWriter<E> {

    private final Coin coin;
    private long committed;

    SamplingWriter(RingWriter<E> ring, EventType<E> type, Coin coin) {
        super(ring, type, "sampled");
        this.coin = coin;
    }

    @Override
    public int room(int wanted) {
        return ring.room(wanted);
    }

    @Override
    public @Nullable E claim(int source, long position) {
        return coin.takes(committed + claimedHere()) ? claimOfRing(source, position) : discard();
    }

    @Override
    public int commit(long nowNs) {
        committed += claimedHere();
        return super.commit(nowNs);
    }
}
