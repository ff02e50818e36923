package io.ringmain.pack;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.Batching;
import io.ringmain.config.PoolPolicy;
import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.spi.EventType;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way from reader to writer, chunk by chunk, by way of workers if it is to be packed.
 *
 * <pre>  reader ──▶ ring ──▶ workers ──▶ writer</pre>
 *
 * The ring has a slot less than there are chunks: one is with the reader. When all are on their way the reader waits, so memory is what the chunks have,
 * whatever the length of the file.
 *
 * <p>Thread: {@link #run} one, once; all else any.
 */
public final class ChunkFlow {

    private static final String READER = "reader";
    private static final String WORKERS = "workers";
    private static final String WRITER = "writer";

    private final FlowClock clock = new FlowClock();
    private final String name;
    private final @Nullable Packing packing;
    private final ChunkMemory memory;
    private final ChunkReader reader;
    private final ChunkWriter writer;
    private final Pipeline<Slot> pipeline;
    private volatile boolean isStopped;

    private ChunkFlow(ChunkMemory memory, Ends ends, @Nullable Packing packing) {
        this.memory = memory;
        List<Chunk> chunks = memory.chunks();
        name = ends.input.name();
        this.packing = packing;
        reader = new ChunkReader(ends.input, ends.content, chunks, clock);
        byte[] mark = packing == null ? new byte[0] : Envelope.mark(packing.format(), packing.chunkBytes());
        writer = new ChunkWriter(ends.output, mark, packing == null ? Locking.none() : packing.locking(), clock);
        PipelineBuilder<Slot, Slot> builder = Pipeline.of("pack", EventType.of(Slot::new))
                .bound(chunks.size() - 1)
                .pushSource(READER, reader)
                .whenFailed(WhenFailed.stop());
        if (packing != null) {
            // A worker more as soon as a chunk waits for one: what waits here is never many, but each is a lot of work.
            Pooling workers =
                    Pooling.of(packing.workersMin(), packing.workersMax()).policy(PoolPolicy.byDepth(0));
            builder.pool(WORKERS, workers, () -> new ChunkPacker(packing, clock));
        }
        pipeline = builder.sink(WRITER, writer, Batching.of(1, Duration.ZERO)).build();
    }

    /** Both ends of a flow: what the content is read from is not the input itself if that is packed. */
    private record Ends(FlowInput input, ReadableByteChannel content, FlowOutput output) {}

    /** Makes a flow that packs {@code input}. */
    public static ChunkFlow packing(ChunkMemory memory, Packing packing, FlowInput input, FlowOutput output) {
        return new ChunkFlow(memory, new Ends(input, input.channel(), output), packing);
    }

    /** Makes a flow that writes what {@code packed} gives, which reads {@code input}. */
    public static ChunkFlow unpacking(ChunkMemory memory, PackedInput packed, FlowInput input, FlowOutput output) {
        return new ChunkFlow(memory, new Ends(input, packed, output), null);
    }

    /**
     * Runs to the end of the input. What was written is whole when this returns, but maybe not yet on the disk.
     *
     * @throws PackException if something could not be read, unpacked or written, or the flow was stopped: what was written is of no use then
     */
    public FlowReport run() throws IOException {
        long beganNs = System.nanoTime();
        pipeline.start();
        Report report = pipeline.await();
        if (!report.abandoned().isEmpty()) {
            memory.giveUp();
        }
        if (isStopped) {
            throw new PackException(name + ": stopped before its end");
        }
        if (!report.succeeded()) {
            throw new PackException(report.failures().stream()
                    .map(this::sentence)
                    .findFirst()
                    .orElse(name + ": " + report.accounts().inFlight() + " chunks were left on their way"));
        }
        if (packing != null) {
            writer.finish(writer.trailer(packing.format(), reader.crc()));
        }
        Duration ran = Duration.ofNanos(System.nanoTime() - beganNs);
        int workers = packing == null ? 0 : pipeline.pool(WORKERS).workerCount();
        return FlowReport.of(clock, writer, new FlowReport.Flowed(ran, workers));
    }

    private String sentence(Report.Failure failure) {
        return failure.type().equals(PackException.class.getName())
                ? failure.message()
                : name + ": " + failure.where() + " failed: " + failure.type() + ": " + failure.message();
    }

    /** Stops at once; waits about a second for who reads or writes. {@link #run} fails then. */
    public void stop() {
        isStopped = true;
        pipeline.drain(Duration.ZERO);
    }

    /** What the pipeline has done so far. */
    public Report report() {
        return pipeline.reportWithoutTimes();
    }

    /** How much of the content was read. */
    public long contentBytes() {
        return reader.bytes();
    }

    /** The CRC-32C of the content, when the flow has ended. */
    public int contentCrc() {
        return reader.crc();
    }
}
