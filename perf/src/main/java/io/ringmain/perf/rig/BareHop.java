package io.ringmain.perf.rig;

import java.util.concurrent.locks.LockSupport;

/** The least that a hand-off to a sleeping thread can be. */
final class BareHop extends Hop {

    private static final long NOTHING = -1;
    private static final long END = -2;

    private final Thread receiver = new Thread(this::receive, "bare-hand-off");
    private volatile long posted = NOTHING;

    BareHop() {
        receiver.setDaemon(true);
        receiver.start();
    }

    private void receive() {
        while (true) {
            long sentNs = posted;
            if (sentNs == END) {
                return;
            }
            if (sentNs == NOTHING) {
                LockSupport.park(this);
            } else {
                posted = NOTHING;
                received(sentNs);
            }
        }
    }

    @Override
    void hand(long sentNs) {
        posted = sentNs;
        LockSupport.unpark(receiver);
    }

    @Override
    public void close() {
        posted = END;
        LockSupport.unpark(receiver);
    }
}
