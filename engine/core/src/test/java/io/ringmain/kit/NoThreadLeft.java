package io.ringmain.kit;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test that leaves a thread of a pipeline behind: one that was not closed, or that could not be.
 *
 * <p>The threads of a pipeline are known by their names, {@code pipeline/lane}. A thread that is about to end gets a moment.
 */
public final class NoThreadLeft implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(NoThreadLeft.class);
    private static final Duration MOMENT = Duration.ofSeconds(5);

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("before", new HashSet<>(pipelineThreads()));
    }

    @Override
    @SuppressWarnings("unchecked") // Put there by beforeEach.
    public void afterEach(ExtensionContext context) throws InterruptedException {
        requireNone((Set<Thread>) context.getStore(NAMESPACE).get("before", Set.class), MOMENT);
    }

    /** Fails if there are pipeline threads other than {@code before} which do not end within {@code moment}. */
    static void requireNone(Set<Thread> before, Duration moment) throws InterruptedException {
        long deadlineNs = System.nanoTime() + moment.toNanos();
        Set<String> left = new TreeSet<>();
        for (Thread thread : pipelineThreads()) {
            if (!before.contains(thread)) {
                thread.join(Math.max(1, (deadlineNs - System.nanoTime()) / 1_000_000));
                if (thread.isAlive()) {
                    left.add(thread.getName() + trace(thread));
                }
            }
        }
        if (!left.isEmpty()) {
            throw new AssertionError(
                    "threads left: " + String.join("\n", left) + " (expected: none); close the pipeline");
        }
    }

    private static List<Thread> pipelineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().indexOf('/') > 0)
                .toList();
    }

    private static String trace(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }
}
