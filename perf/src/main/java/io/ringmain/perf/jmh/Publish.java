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
 * Question: what does it cost one thread to publish an event, one by one and in batches of 64, with one consumer behind the ring?
 *
 * <p>Machine-dependent: compare the two kinds of one run only. With {@code -prof gc} the bytes per event, which depend on no
 * machine. Prints operations per microsecond, an operation being an event; {@code move} returns the hash of all events.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar jmh Publish}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Publish {

    /** Events per call: enough that the wait for the last one does not count. */
    private static final int EVENTS = 1 << 20;

    /** Whose side. */
    @Param
    public Kind kind = Kind.RINGMAIN;

    /** How it publishes. */
    @Param({"ONE_BY_ONE", "BATCHES"})
    public Feed feed = Feed.BATCHES;

    private @Nullable Side side;

    /** Starts the side. */
    @Setup
    public void open() {
        side = kind.open(Shape.ONE, feed, false);
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
