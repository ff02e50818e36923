package io.ringmain.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Waiting;
import io.ringmain.internal.counters.Failures;
import io.ringmain.kit.NoThreadLeft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Threads ask whether they are at work in a lane while lanes come and go. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class WhoIsAtWorkTest {

    private static final int ROUNDS = 2_000;
    private static final int GROUPS = 64;

    private final Supervisor supervisor =
            new Supervisor("asked", new ThreadRunner("asked", Waiting.BLOCKING), new Failures(), 0);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean over;

    /** A lane that ends when it is called. */
    private static final class Brief extends Lane {

        Brief() {
            super("brief");
        }

        @Override
        public int work(long nowNs) {
            return 0;
        }

        @Override
        public boolean done() {
            return true;
        }
    }

    private LaneGroup joined() {
        var group = new LaneGroup(List.of(new Brief()), supervisor);
        assertThat(supervisor.join(group)).isTrue();
        return group;
    }

    private void ask() {
        try {
            while (!over) {
                assertThat(supervisor.isAtWork(Thread.currentThread())).isFalse();
            }
        } catch (Throwable thrown) {
            failure.set(thrown);
        }
    }

    @Test
    void whoAsksWhileManyLeaveIsAnswered() throws InterruptedException {
        var asking = new Thread(this::ask, "asking");
        asking.start();

        for (int round = 0; round < ROUNDS && failure.get() == null; round++) {
            List<LaneGroup> groups = new ArrayList<>();
            for (int i = 0; i < GROUPS; i++) {
                groups.add(joined());
            }
            groups.forEach(group -> group.work(0));
            joined().work(0);
        }
        over = true;
        asking.join();

        assertThat(failure.get()).isNull();
    }
}
