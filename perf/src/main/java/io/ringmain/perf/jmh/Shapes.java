package io.ringmain.perf.jmh;

import io.ringmain.perf.work.Feed;
import io.ringmain.perf.work.Kind;
import io.ringmain.perf.work.Shape;
import io.ringmain.perf.work.Side;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Question: how many events pass through one stage, three stages in three threads, three stages in one thread?
 *
 * <p>Machine-dependent: compare the two kinds of one run only. With {@code -prof gc} the bytes per event, which depend on no
 * machine. Prints operations per microsecond, an operation being an event; {@code move} returns the hash of all events.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar jmh Shapes}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Shapes {

    /** Events per call: enough that the wait for the last one does not count. */
    private static final int EVENTS = 1 << 20;

    /** Whose side. */
    @Param
    public Kind kind = Kind.RINGMAIN;

    /** What stands behind the publisher. */
    @Param({"ONE", "THREADS", "FUSED"})
    public Shape shape = Shape.ONE;

    private @Nullable Side side;

    /** Starts the side. */
    @Setup
    public void open() {
        side = kind.open(shape, Feed.BATCHES, false);
    }

    /** Publishes and waits until all has arrived. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long move() {
        Side running = side;
        if (running == null) {
            throw new IllegalStateException("JMH did not set up.");
        }
        running.move(EVENTS);
        return running.hash();
    }

    /** Stops the side. */
    @TearDown
    public void close() {
        if (side != null) {
            side.close();
        }
    }
}
