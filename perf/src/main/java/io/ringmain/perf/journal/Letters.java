package io.ringmain.perf.journal;

import io.ringmain.config.Durability;
import io.ringmain.journal.ChronicleDeadLetters;
import io.ringmain.journal.Keeping;
import io.ringmain.journal.LetterReader;
import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.kit.Rounds.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Question: how many dead letters does the store take a second when they must survive the end of the machine, compared with a bare loop that appends the same
 * bytes and forces them in the same groups? Bar: at least {@value #BAR} of it. Reported beside it: both levels of durability, and what a letter costs its lane.
 *
 * <p>Machine-independent, because it is a ratio: the median of alternating rounds in one JVM after a warm-up. Letters come faster than they are written, so a group is what a
 * buffer of the store holds. All letters are read again, and the hash of their positions compared.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar letters [--pairs 7] [--letters 100_000] [--group 262_144]}
 */
public final class Letters {

    /** The least share of the bare loop's letters a second. */
    public static final double BAR = 0.5;

    private static final int WARM_UPS = 2;
    private static final int HASH_BASE = 31;
    private static final long FULL_NS = 20_000;
    // More than any measurement writes.
    private static final long BYTES_MAX = 64L << 30;
    private static final String[] TITLES = {"store, os", "store, fsync", "bare loop, os", "bare loop, fsync"};

    private final Scratch scratch;
    private final int count;
    private final int groupBytes;
    private final long hash;
    private final int letterBytes;

    private Letters(Scratch scratch, int count, int groupBytes) throws IOException {
        this.scratch = scratch;
        this.count = count;
        this.groupBytes = groupBytes;
        long expected = 0;
        for (int i = 0; i < count; i++) {
            expected = HASH_BASE * expected + i;
        }
        hash = expected;
        Path directory = scratch.place();
        fill(directory, Durability.OS);
        letterBytes = (int) (bytes(directory) / count);
    }

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) throws IOException {
        Options options = Options.parse(args, 1, "pairs", "7", "letters", "100_000", "group", "262_144");
        int pairs = (int) options.number("pairs", 1);
        int count = (int) options.number("letters", 1);
        int groupBytes = (int) options.number("group", ChronicleDeadLetters.BUFFER_BYTES_MIN);
        EngineLog.quiet();
        Machine machine = Machine.describe(
                "How many letters a second, forced to the disk, compared with a bare loop? Bar: " + BAR,
                String.join(" ", args));
        boolean isKept;
        try (Scratch scratch = new Scratch()) {
            isKept = new Letters(scratch, count, groupBytes).stores(pairs);
            LetterTaking.print(scratch.place(), count);
        }
        System.out.println(machine.verdict());
        return Bar.report(isKept);
    }

    /** The bytes of the files in {@code directory}. */
    static long bytes(Path directory) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    private boolean stores(int pairs) {
        Rounds rounds = new Rounds(List.of(
                () -> store(Durability.OS), () -> store(Durability.FSYNC), () -> bare(false), () -> bare(true)));
        rounds.warmUp(WARM_UPS);
        rounds.measure(pairs);
        System.out.printf(
                Locale.ROOT,
                "%d letters of %d bytes, in groups of %d; hash %x%n",
                count,
                letterBytes,
                groupBytes / letterBytes,
                rounds.hash());
        System.out.println(
                "side               letters/s     MB/s  CPU ns/letter  times as long as the loop (min, max)");
        for (int side = 0; side < TITLES.length; side++) {
            Figures ratios = rounds.ratios(side, side % 2 + 2);
            double perSecond = count * 1e9 / rounds.tookNs(side).median();
            System.out.printf(
                    Locale.ROOT,
                    "%-17s %10.0f  %7.1f  %13.0f  %.2f (%.2f, %.2f)%n",
                    TITLES[side],
                    perSecond,
                    perSecond * letterBytes / 1e6,
                    rounds.cpuNs(side).median() / count,
                    ratios.median(),
                    ratios.min(),
                    ratios.max());
        }
        double share = 1 / rounds.ratios(1, 3).median();
        System.out.printf(Locale.ROOT, "letters a second with fsync: %.2f of the bare loop%n", share);
        return share >= BAR;
    }

    private Ran store(Durability durability) {
        try {
            Path directory = scratch.place();
            long sinceNs = System.nanoTime();
            long cpuNs = Machine.processCpuNs();
            fill(directory, durability);
            double tookNs = System.nanoTime() - sinceNs;
            double usedNs = Machine.processCpuNs() - cpuNs;
            long[] found = {0};
            try (LetterReader reader = LetterReader.open(directory)) {
                reader.read(entry -> {
                    found[0] = HASH_BASE * found[0] + entry.letter().position();
                    return true;
                });
            }
            return new Ran(tookNs, usedNs, found[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(Path directory, Durability durability) throws IOException {
        var letters =
                store(directory).durability(durability).bufferBytes(groupBytes).build();
        letters.open();
        add(letters, new FailedLine(), count);
        letters.flush();
        letters.close();
    }

    /** A store that takes any number of letters. */
    static ChronicleDeadLetters.Builder store(Path directory) {
        return ChronicleDeadLetters.builder(directory).keeping(Keeping.full(BYTES_MAX));
    }

    /** Hands over {@code count} letters, and waits where there is no room. */
    static void add(ChronicleDeadLetters letters, FailedLine failed, int count) {
        for (int i = 0; i < count; i++) {
            failed.next();
            while (!letters.add(failed)) {
                LockSupport.parkNanos(FULL_NS);
            }
        }
    }

    private Ran bare(boolean isForced) {
        try {
            Path file = scratch.place();
            byte[] letter = new byte[letterBytes];
            ByteBuffer group = ByteBuffer.allocateDirect(groupBytes);
            long sinceNs = System.nanoTime();
            long cpuNs = Machine.processCpuNs();
            long sum = 0;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                for (int i = 0; i < count; i++) {
                    if (group.remaining() < letterBytes) {
                        write(channel, group, isForced);
                    }
                    group.put(letter);
                    sum = HASH_BASE * sum + i;
                }
                write(channel, group, isForced);
            }
            double tookNs = System.nanoTime() - sinceNs;
            if (Files.size(file) != (long) count * letterBytes || sum != hash) {
                throw new IOException(file + ": " + Files.size(file) + " bytes (expected: those of all letters)");
            }
            return new Ran(tookNs, Machine.processCpuNs() - cpuNs, sum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FileChannel channel, ByteBuffer group, boolean isForced) throws IOException {
        group.flip();
        while (group.hasRemaining()) {
            channel.write(group);
        }
        group.clear();
        if (isForced) {
            channel.force(false);
        }
    }
}
