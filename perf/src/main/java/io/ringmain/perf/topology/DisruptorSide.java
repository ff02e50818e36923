package io.ringmain.perf.topology;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.dsl.ProducerType;
import io.ringmain.perf.work.Cell;
import io.ringmain.perf.work.Feed;
import io.ringmain.perf.work.RawRing;

/**
 * A Disruptor 4 wired by hand. It has no pool: its handlers look at every event and take each third, as its authors advise, so none can help
 * another. A publisher that finds the ring full yields.
 */
final class DisruptorSide extends CountingSide {

    private final RawRing ring;

    DisruptorSide(Topology topology, Feed feed, boolean blocking) {
        super(topology, feed, true);
        ring = new RawRing(ProducerType.MULTI, blocking);
        ring.start(wire());
    }

    private Sequence[] wire() {
        return switch (topology) {
            case MERGE -> new Sequence[] {ring.add(all())};
            case FAN_OUT -> new Sequence[] {ring.add(all()), ring.add(all()), ring.add(all())};
            case DIAMOND -> new Sequence[] {ring.add(all(), ring.add(all()), ring.add(all()))};
            case POOL -> new Sequence[] {ring.add(third(0)), ring.add(third(1)), ring.add(third(2))};
            case PARTITION -> new Sequence[] {ring.add(keys(0)), ring.add(keys(1)), ring.add(keys(2))};
            case TASKS -> throw new IllegalArgumentException(topology + ": no events (expected: another side)");
        };
    }

    private EventHandler<Cell> all() {
        Count count = end();
        return (cell, sequence, endOfBatch) -> count.add(cell.value);
    }

    private EventHandler<Cell> third(int remainder) {
        Count count = end();
        return (cell, sequence, endOfBatch) -> {
            if (sequence % THREE == remainder) {
                count.add(cell.value);
            }
        };
    }

    private EventHandler<Cell> keys(int remainder) {
        Count count = end();
        return (cell, sequence, endOfBatch) -> {
            if (key(cell.value) % THREE == remainder) {
                count.add(cell.value);
            }
        };
    }

    @Override
    protected void publish(long first, long end) {
        if (feed == Feed.ONE_BY_ONE) {
            for (long number = first; number < end; number++) {
                ring.awaitRoom(1);
                ring.publish(number);
            }
        } else {
            for (long number = first; number < end; number += BATCH) {
                ring.awaitRoom(BATCH);
                ring.publishBatch(number);
            }
        }
    }

    @Override
    protected void stop() {
        ring.close();
    }
}
