package io.ringmain.perf.compare;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.Batching;
import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.kit.Rounds.Ran;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.zip.Deflater;

/**
 * Question: reader, workers and a writer that writes in order, by a ring, or by workers that take the next chunk and then the lock of the writer: which is
 * faster, with 1, 2 and 4 workers? No bar: compressing takes nearly all of the time.
 *
 * <p>The other side is what the text about chunked files has before: a mutex around the reader, another around the writer. To write in order,
 * as the ring does, a worker waits with its chunk until those before are written.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar compare pack [--rounds 5] [--chunks 200] [--chunk 1_048_576] [--json FILE]}
 */
final class ComparePack {

    private static final int[] WORKERS = {1, 2, 4};

    private ComparePack() {}

    static int run(String[] args) {
        Options options = Options.parse(args, 2, "rounds", "5", "chunks", "200", "chunk", "1_048_576", "json", "");
        Optional<Path> json = options.file("json");
        int rounds = (int) options.number("rounds", 1);
        PackedChunks chunks = new PackedChunks((int) options.number("chunks", 1), (int) options.number("chunk", 1_000));
        Machine machine = Machine.describe(
                "Chunks through workers to a writer, in order: by a ring, or by a mutex around the writer?",
                String.join(" ", args));
        var rows = new Rows(json, "workers", "ring ms", "mutex ms", "ring/mutex", "min", "max", "ring MB/s");
        for (int workers : WORKERS) {
            Rounds ran = new Rounds(List.<Supplier<Ran>>of(
                    () -> timed(() -> byRing(chunks, workers)), () -> timed(() -> byMutex(chunks, workers))));
            ran.warmUp(1);
            ran.measure(rounds);
            Figures ratio = ran.ratios(0, 1);
            double ringMs = ran.tookNs(0).median() / 1e6;
            double megabytes = (double) chunks.count() * chunks.chunkBytes() / 1e6;
            rows.add(
                    workers,
                    ringMs,
                    ran.tookNs(1).median() / 1e6,
                    ratio.median(),
                    ratio.min(),
                    ratio.max(),
                    megabytes / ringMs * 1e3);
        }
        rows.write();
        System.out.println(machine.verdict());
        return Bar.KEPT;
    }

    private static Ran timed(Supplier<Long> side) {
        long cpuNs = Machine.processCpuNs();
        long beganNs = System.nanoTime();
        long hash = side.get();
        return new Ran(System.nanoTime() - beganNs, Machine.processCpuNs() - cpuNs, hash);
    }

    /** A chunk, as it was read and as it became. */
    private static final class Chunk {
        private final byte[] in;
        private final byte[] out;
        private int bytes;

        Chunk(PackedChunks chunks) {
            in = new byte[chunks.chunkBytes()];
            out = new byte[chunks.boundBytes()];
        }
    }

    /** As {@code ringmain pack}: memory for workers + 2 chunks, the writer on a thread of its own. */
    static long byRing(PackedChunks chunks, int workers) {
        PackedChunks.Writer writer = new PackedChunks.Writer();
        int[] next = {0};
        Source<Chunk> reader = (intake, max) -> {
            for (int i = 0; i < max && next[0] < chunks.count(); i++) {
                Chunk chunk = intake.claim(next[0]);
                chunks.read(next[0]++, chunk.in);
            }
            return next[0] == chunks.count() ? Source.Status.END : Source.Status.READY;
        };
        try (Pipeline<Chunk> pipeline = Pipeline.of("pack", EventType.of(() -> new Chunk(chunks)))
                .bound(workers + 2)
                .source("reader", reader)
                .pool("workers", Pooling.of(workers, workers), () -> new Packer(chunks))
                .sink(
                        "writer",
                        batch -> writer.write(batch.event(0).out, batch.event(0).bytes),
                        Batching.of(1, Duration.ZERO))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            Report report = pipeline.await();
            if (!report.succeeded()) {
                throw new IllegalStateException("ring: " + report.failures());
            }
        }
        return writer.sum();
    }

    /** What a worker of the ring does. */
    private static final class Packer implements Stage<Chunk> {
        private final PackedChunks chunks;
        private final Deflater deflater = PackedChunks.deflater();

        Packer(PackedChunks chunks) {
            this.chunks = chunks;
        }

        @Override
        public boolean process(Chunk chunk) {
            chunk.bytes = chunks.pack(deflater, chunk.in, chunk.out);
            return true;
        }

        @Override
        public void close() {
            deflater.end();
        }
    }

    /** Workers that read, pack and write under locks. */
    static long byMutex(PackedChunks chunks, int workers) {
        Locked shared = new Locked(chunks);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            Thread thread = new Thread(shared, "worker-" + i);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException unexpected) {
                Thread.currentThread().interrupt();
            }
        }
        return shared.writer.sum();
    }

    /** What the workers share: who is to be read next, and who is to be written next. */
    private static final class Locked implements Runnable {
        private final PackedChunks chunks;
        private final PackedChunks.Writer writer = new PackedChunks.Writer();
        private final Object reading = new Object();
        private final ReentrantLock writing = new ReentrantLock();
        private final Condition written = writing.newCondition();
        private int nextRead;
        private int nextWritten;

        Locked(PackedChunks chunks) {
            this.chunks = chunks;
        }

        @Override
        public void run() {
            Chunk chunk = new Chunk(chunks);
            Deflater deflater = PackedChunks.deflater();
            try {
                for (int number = read(chunk); number < chunks.count(); number = read(chunk)) {
                    chunk.bytes = chunks.pack(deflater, chunk.in, chunk.out);
                    write(chunk, number);
                }
            } finally {
                deflater.end();
            }
        }

        private int read(Chunk chunk) {
            synchronized (reading) {
                if (nextRead < chunks.count()) {
                    chunks.read(nextRead, chunk.in);
                }
                return nextRead < chunks.count() ? nextRead++ : nextRead;
            }
        }

        private void write(Chunk chunk, int number) {
            writing.lock();
            try {
                while (nextWritten != number) {
                    written.awaitUninterruptibly();
                }
                writer.write(chunk.out, chunk.bytes);
                nextWritten++;
                written.signalAll();
            } finally {
                writing.unlock();
            }
        }
    }
}
