package io.ringmain.perf.jmh;

import io.ringmain.perf.windows.PaneLoad;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Question: what does an event cost in windows of one pane, and in windows that slide over 60, with 1,000 keys and 100 events for each in a pane?
 *
 * <p>Machine-dependent: compare the two of one run only. A call fills a pane; what its end gives is between two calls and not counted.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar jmh WindowEvents}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class WindowEvents {

    private static final int KEYS = 1000;
    private static final int EVENTS = 100 * KEYS;

    /** Of how many panes a window is. */
    @Param({"1", "60"})
    public int panes = 1;

    private @Nullable PaneLoad load;

    /** Makes the windows. */
    @Setup
    public void open() {
        load = panes == 1 ? PaneLoad.tumbling(KEYS) : PaneLoad.sliding(KEYS, panes);
    }

    /** Fills a pane. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long fill() {
        PaneLoad open = opened();
        open.fill(EVENTS);
        return open.hash();
    }

    /** Ends it. */
    @TearDown(Level.Invocation)
    public void turn() {
        opened().turn();
    }

    private PaneLoad opened() {
        PaneLoad open = load;
        if (open == null) {
            throw new IllegalStateException("fill before open (expected: JMH calls open first)");
        }
        return open;
    }
}
