package io.ringmain.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the text about a chunked file pipeline asks of reader, workers and writer; and how each of them ends. */
@Timeout(60)
class ChunkedPipelineTextTest {

    private static final int CHUNK = Packed.CHUNK_BYTES;
    private static final int DEPTH = 5;
    private static final Packing PACKING = new Packing(PackFormat.NONE, 0, CHUNK, DEPTH, 3, 3, Locking.none());

    /** Gives zeros for ever, or a number of them, and counts. */
    private static final class Zeros implements ReadableByteChannel {
        private final AtomicLong given = new AtomicLong();
        private final long bytes;

        Zeros(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(ByteBuffer to) {
            int count = (int) Math.min(to.remaining(), bytes - given.get());
            if (count == 0) {
                return -1;
            }
            to.put(new byte[count]);
            given.addAndGet(count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Takes nothing before it may, and fails when it is closed. */
    private static final class Gate implements WritableByteChannel {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);
        private volatile boolean isClosed;

        @Override
        public int write(ByteBuffer from) throws IOException {
            reached.countDown();
            try {
                opened.await();
            } catch (InterruptedException unexpected) {
                Thread.currentThread().interrupt();
            }
            if (isClosed) {
                throw new ClosedChannelException();
            }
            int count = from.remaining();
            from.position(from.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return !isClosed;
        }

        @Override
        public void close() {
            isClosed = true;
            opened.countDown();
        }
    }

    private static ChunkFlow flow(Packing packing, ReadableByteChannel in, WritableByteChannel out)
            throws PackException {
        return ChunkFlow.packing(
                ChunkMemory.toPack(packing),
                packing,
                new FlowInput("in.log", in, in),
                new FlowOutput("out.zst", out, out));
    }

    private static CompletableFuture<FlowReport> started(ChunkFlow flow) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return flow.run();
            } catch (IOException failure) {
                throw new IllegalStateException(failure.getMessage(), failure);
            }
        });
    }

    @Test
    void readerSendsAllChunksAndTheLastIsShort() throws IOException {
        byte[] content = Packed.noise(1, 7 * CHUNK + 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        FlowReport report = Packed.pack(content, PACKING, out);

        assertThat(report.chunks()).isEqualTo(8);
        assertThat(Packed.unpack(out.toByteArray(), Unlocking.none())).isEqualTo(content);
    }

    /** Has a bit more each time that its end was met, as a log that is written meanwhile. */
    private static final class GrowingLog implements ReadableByteChannel {
        private final ReadableByteChannel content;
        private boolean isAtEnd = true;

        GrowingLog(byte[] content) {
            this.content = Channels.newChannel(new ByteArrayInputStream(content));
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            isAtEnd = !isAtEnd;
            if (isAtEnd) {
                return -1;
            }
            int count = content.read(to.slice().limit(Math.min(to.remaining(), CHUNK / 2)));
            to.position(to.position() + Math.max(0, count));
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void aFileThatGrowsIsReadToTheEndThatIsMetFirst() throws IOException {
        byte[] content = Packed.noise(2, 4 * CHUNK);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        FlowReport report =
                flow(PACKING, new GrowingLog(content), Channels.newChannel(out)).run();

        assertThat(report.chunks()).isEqualTo(1);
        assertThat(Packed.unpack(out.toByteArray(), Unlocking.none())).isEqualTo(Arrays.copyOf(content, CHUNK / 2));
    }

    @Test
    void aWriterThatDoesNotWriteHoldsTheReaderBack() throws Exception {
        Zeros zeros = new Zeros(1_000L * CHUNK);
        Gate gate = new Gate();
        ChunkFlow flow = flow(PACKING, zeros, gate);

        CompletableFuture<FlowReport> running = started(flow);
        gate.reached.await();
        while (zeros.given.get() < (long) DEPTH * CHUNK) {
            // It reads on until all chunks are full, and no further.
            Thread.onSpinWait();
        }
        for (int i = 0; i < 100_000; i++) {
            Thread.onSpinWait();
            assertThat(zeros.given.get()).isEqualTo((long) DEPTH * CHUNK);
        }
        gate.opened.countDown();

        FlowReport report = running.get(30, TimeUnit.SECONDS);
        assertThat(report.chunks()).isEqualTo(1_000);
        assertThat(report.lanes())
                .allSatisfy(lane -> assertThat(lane.depthMax()).isLessThanOrEqualTo(DEPTH));
        assertThat(report.bottleneck().name()).isNotEmpty();
    }

    @Test
    void workersMayBeDoneInAnyOrderAndTheWriterWritesInOrder() throws IOException {
        // Chunks that take long stand beside chunks that do not; the trailer would not match another order.
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int i = 0; i < 60; i++) {
            content.writeBytes(i % 3 == 0 ? Packed.text(i, CHUNK) : new byte[CHUNK]);
        }
        Packing packing = new Packing(PackFormat.ZSTD, 15, CHUNK, 8, 1, 4, Locking.none());

        byte[] packed = Packed.pack(content.toByteArray(), packing);

        assertThat(Packed.unpack(packed, Unlocking.none())).isEqualTo(content.toByteArray());
    }

    @Test
    void metricsTellDepthAndWaitOfEachQueue() throws IOException {
        FlowReport report = Packed.pack(new byte[50 * CHUNK], PACKING, new ByteArrayOutputStream());

        List<String> told = new ArrayList<>();
        for (FlowReport.Lane lane : report.lanes()) {
            told.add(lane.name() + ' ' + lane.threads());
            assertThat(lane.waited().p50Ns()).isLessThanOrEqualTo(lane.waited().maxNs());
            assertThat(lane.depthMean()).isBetween(0.0, (double) DEPTH);
            assertThat(lane.busy()).isBetween(0.0, 1.0);
        }
        assertThat(told).containsExactly("reader 1", "workers 3", "writer 1");
    }

    @Test
    void aDiskThatIsFullEndsTheFlowWithASentence() {
        WritableByteChannel full = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer from) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> flow(PACKING, new Zeros(Long.MAX_VALUE), full).run())
                .isInstanceOf(PackException.class)
                .hasMessage("out.zst: cannot be written: No space left on device"
                        + " (expected: room, and a disk or reader that takes it)");
    }

    @Test
    void anInputThatCannotBeReadEndsTheFlowWithASentence() {
        ReadableByteChannel broken = new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer to) throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> flow(PACKING, broken, Channels.newChannel(new ByteArrayOutputStream()))
                        .run())
                .isInstanceOf(PackException.class)
                .hasMessage("in.log: cannot be read: Input/output error");
    }

    @Test
    void aStopEndsAWriteThatNobodyReads() throws Exception {
        Gate gate = new Gate();
        ChunkFlow flow = flow(PACKING, new Zeros(Long.MAX_VALUE), gate);
        CompletableFuture<FlowReport> running = started(flow);
        gate.reached.await();

        flow.stop();

        assertThatThrownBy(() -> running.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("in.log: stopped before its end");
    }

    @Test
    void aStopEndsAReadThatWaits() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        try (PipedOutputStream nobodyWrites = new PipedOutputStream()) {
            ReadableByteChannel waiting = Channels.newChannel(new PipedInputStream(nobodyWrites));
            ReadableByteChannel told = new ReadableByteChannel() {
                @Override
                public int read(ByteBuffer to) throws IOException {
                    reading.countDown();
                    return waiting.read(to);
                }

                @Override
                public boolean isOpen() {
                    return waiting.isOpen();
                }

                @Override
                public void close() throws IOException {
                    waiting.close();
                }
            };
            ChunkFlow flow = flow(PACKING, told, Channels.newChannel(new ByteArrayOutputStream()));
            CompletableFuture<FlowReport> running = started(flow);
            reading.await();

            flow.stop();

            assertThatThrownBy(() -> running.get(30, TimeUnit.SECONDS)).hasMessageContaining("stopped before its end");
        }
    }
}
