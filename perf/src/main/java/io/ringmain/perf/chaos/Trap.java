package io.ringmain.perf.chaos;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What the engine's code calls where a crash point is armed. The thread that comes there for the given time says so, and never goes on: the parent
 * kills the process while it stands there. The other threads run on, as they would.
 *
 * <p>Thread: any.
 */
public final class Trap {

    /** What the child says when it stands there. */
    static final String REACHED = "trap";

    private static final AtomicLong LEFT = new AtomicLong(Long.MAX_VALUE);

    private Trap() {}

    static void arm(long times) {
        LEFT.set(times);
    }

    /** The armed point is reached. */
    public static void reached() {
        if (LEFT.decrementAndGet() != 0) {
            return;
        }
        say(REACHED);
        while (true) {
            LockSupport.park();
        }
    }

    /** Writes a line past {@code System.out}, whose lock another thread may hold for ever. */
    static void say(String line) {
        try {
            // Not closed: the stream is the process's.
            new FileOutputStream(FileDescriptor.out).write((line + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            Runtime.getRuntime().halt(1);
        }
    }
}
