package io.ringmain.perf.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * How one life ends.
 *
 * @param kind when
 * @param delayMs how long after that
 * @param times at an armed point, for which time it is reached
 */
record Death(Kind kind, long delayMs, long times) {

    private static final int EARLY_MS = 100;
    private static final int SHUTDOWN_MS = 30;
    private static final int RUN_MS = 1200;

    /** When. */
    enum Kind {
        /** After the process has begun: while the plan is read, the checkpoint loaded, files opened. */
        EARLY,
        /** After the pipeline was started. */
        RUNNING,
        /** After the input has ended. */
        SHUTDOWN,
        /** After a second checkpoint lies there: the first one may stand at the beginning. */
        CHECKPOINT,
        /** When a thread stands at the armed point. */
        POINT
    }

    static Death at(long times) {
        return new Death(Kind.POINT, 0, times);
    }

    static Death random(SplittableRandom random) {
        int dice = random.nextInt(4);
        return switch (dice) {
            case 0 -> new Death(Kind.EARLY, random.nextInt(EARLY_MS), 0);
            case 1 -> new Death(Kind.SHUTDOWN, random.nextInt(SHUTDOWN_MS), 0);
            default -> new Death(Kind.RUNNING, random.nextInt(RUN_MS), 0);
        };
    }

    /** Waits for the moment; returns {@code false} if it does not come in this life. */
    boolean comes(Life life, Experiment experiment) throws IOException {
        boolean comes =
                switch (kind) {
                    case EARLY -> life.says(Subject.READY);
                    case RUNNING -> life.says(Subject.STARTED);
                    case SHUTDOWN -> experiment.endsInput(life) && life.says(Subject.DRAINING);
                    case CHECKPOINT ->
                        life.says(Subject.STARTED)
                                && hasSecondCheckpoint(life, experiment.folder().resolve("checkpoints/checkpoint"));
                    case POINT -> life.says(Trap.REACHED);
                };
        if (comes) {
            life.pause(TimeUnit.MILLISECONDS.toNanos(delayMs));
        }
        return comes;
    }

    private static boolean hasSecondCheckpoint(Life life, Path file) throws IOException {
        Object first = null;
        while (life.mayWait()) {
            // Each is a file of its own that takes the place of the one before.
            Object key = Files.exists(file)
                    ? Files.readAttributes(file, BasicFileAttributes.class).fileKey()
                    : null;
            if (first != null && !first.equals(key)) {
                break;
            }
            first = key;
            life.pause(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return life.isAlive();
    }
}
