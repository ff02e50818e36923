package io.ringmain;

import io.ringmain.spi.AsyncSink;
import io.ringmain.spi.Batch;
import io.ringmain.spi.CheckpointStore;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stateful;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a run: inputs, output files and the checkpoint. It dies at a named point, in the middle of whatever the engine does there: from then on
 * nothing that the run still does has any effect, as if the process had been killed. A power cut also takes what was not durable.
 */
final class CrashWorld implements CheckpointStore {

    /** The process is gone. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(String point) {
            super("killed at " + point, null, false, false);
        }
    }

    /** One line of a file. */
    record Line(int source, long id, boolean isBack) {

        static Line of(SimEvent event) {
            return new Line(event.source, event.id, event.letter > 0);
        }
    }

    /**
     * Which events reach a place.
     *
     * @param first those that nothing fails for
     * @param back those that nothing filters out, when they come back
     */
    record Reach(LongPredicate first, LongPredicate back) {

        boolean takes(Line line) {
            return first.test(line.id) ? !line.isBack : line.isBack && back.test(line.id);
        }
    }

    /** A file of output. */
    static final class Disk {

        final String name;
        final int place;
        final boolean cutBack;
        final boolean ordered;
        final List<Line> lines = new ArrayList<>();
        int durable;

        private final Reach reach;

        Disk(String name, int place, Reach reach, boolean cutBack, boolean ordered) {
            this.name = name;
            this.place = place;
            this.reach = reach;
            this.cutBack = cutBack;
            this.ordered = ordered;
        }

        boolean takes(Line line) {
            return reach.takes(line);
        }

        void append(Line line) {
            if (!takes(line)) {
                throw new BrokenInvariant(name + " was given event " + line + ", which it must not have");
            }
            lines.add(line);
        }
    }

    final SplittableRandom random;
    final List<Disk> disks = new ArrayList<>();
    final CrashLetters letters = new CrashLetters(this);
    /** How many events each source has in all. */
    final long[] counts;

    final Map<String, Integer> reached = new TreeMap<>();
    private final boolean power;
    private final int storeFaultPercent;
    /** What the sinks have not answered. */
    CrashAnswers answers = new CrashAnswers();

    private byte @Nullable [] checkpoint;
    private long killAfter;
    private boolean dead;
    int checkpoints;

    CrashWorld(long seed, int sources) {
        random = new SplittableRandom(seed ^ 0x5851F42D4C957F2DL);
        counts = new long[sources];
        for (int i = 0; i < sources; i++) {
            counts[i] = random.nextInt(120);
        }
        power = random.nextBoolean();
        storeFaultPercent = random.nextBoolean() ? 0 : random.nextInt(40);
    }

    /** A life begins; it is killed at a point that lies so many points ahead, {@link Long#MAX_VALUE} for never. */
    void begin(long pointsToLive) {
        answers = new CrashAnswers();
        killAfter = pointsToLive;
        dead = false;
        if (power) {
            for (Disk disk : disks) {
                int kept = disk.durable + random.nextInt(disk.lines.size() - disk.durable + 1);
                disk.lines.subList(kept, disk.lines.size()).clear();
            }
        }
        disks.forEach(disk -> disk.durable = disk.lines.size());
        letters.begin(power);
    }

    boolean isDead() {
        return dead;
    }

    /** A point at which a process can be killed. */
    void point(String name) {
        if (dead) {
            throw new Killed(name);
        }
        killAfter--;
        if (killAfter == 0) {
            reached.merge(name, 1, Integer::sum);
            dead = true;
            throw new Killed(name);
        }
    }

    @Override
    public byte @Nullable [] read() {
        return checkpoint;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        point("before a checkpoint is renamed");
        if (random.nextInt(100) < storeFaultPercent) {
            throw new IOException("no room for a checkpoint");
        }
        checkThatNothingIsMissing(positions(bytes));
        checkpoint = bytes.clone();
        checkpoints++;
        point("after a checkpoint is renamed");
    }

    /** Where a checkpoint says that the sources stand. */
    private long[] positions(byte[] bytes) throws IOException {
        long[] positions = new long[counts.length];
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        in.skipBytes(Integer.BYTES + Long.BYTES);
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            int length = in.readInt();
            if (name.startsWith("source/source")) {
                positions[Integer.parseInt(name.substring("source/source".length()))] = in.readLong();
            } else {
                in.skipBytes(length);
            }
        }
        return positions;
    }

    /** What lies before the positions of a checkpoint is durable, in each file that is to have it. */
    private void checkThatNothingIsMissing(long[] positions) {
        for (int source = 0; source < counts.length; source++) {
            letters.checkThatNoneIsMissing(source, positions[source]);
        }
        for (Disk disk : disks) {
            // What is set aside is in the checkpoint and not in the file.
            for (int source = 0; disk.ordered && source < counts.length; source++) {
                for (long id = 0; id < positions[source]; id++) {
                    var line = new Line(source, id, false);
                    if (disk.takes(line) && !disk.lines.subList(0, disk.durable).contains(line)) {
                        throw new BrokenInvariant("event " + id + " of source " + source
                                + " is acknowledged and not durable in " + disk.name);
                    }
                }
            }
        }
    }

    /** A source whose events can be read again. */
    final class Input implements Source<SimEvent>, Stateful {

        private final int number;
        private final SplittableRandom pauses;
        private long next;
        private boolean closed;

        Input(int number, SplittableRandom pauses) {
            this.number = number;
            this.pauses = pauses;
        }

        @Override
        public Status fill(Intake<SimEvent> intake, int max) {
            point("before a claim");
            int give = pauses.nextInt(8);
            for (int i = 0; i < Math.min(give, max) && next < counts[number]; i++) {
                intake.claim(next).begin(number, next);
                next++;
                point("after a claim");
                if (pauses.nextInt(500) == 0) {
                    // The last claim is taken back, and what the source knows is one too far.
                    throw new IllegalStateException("source fault");
                }
            }
            if (next == counts[number]) {
                return Status.END;
            }
            return give == 0 ? Status.IDLE : Status.READY;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            point("before a source is saved");
            if (closed) {
                throw new BrokenInvariant("source " + number + " is asked where it stands after it was closed");
            }
            out.writeLong(next);
        }

        @Override
        public void load(DataInput in) throws IOException {
            point("before a source is loaded");
            next = in.readLong();
        }
    }

    /** Appends to a file, in batches that can be torn. */
    private class Appending implements Sink<SimEvent> {

        final Disk disk;
        private final SplittableRandom faults;
        private final int faultPercent;
        private final boolean blocking;
        private int faultsInARow;
        private long lifeBegin = -1;

        Appending(Disk disk, SplittableRandom faults) {
            this.disk = disk;
            this.faults = faults;
            faultPercent = faults.nextBoolean() ? 0 : faults.nextInt(30);
            blocking = faults.nextBoolean();
        }

        private void fault(String what) {
            boolean fails = faultsInARow < 2 && faults.nextInt(100) < faultPercent;
            faultsInARow = fails ? faultsInARow + 1 : 0;
            if (fails) {
                throw new IllegalStateException(what);
            }
        }

        @Override
        public void open() {
            point("before a sink is opened");
            lifeBegin = disk.cutBack ? 0 : disk.lines.size();
        }

        @Override
        public void write(Batch<SimEvent> batch) {
            point("before a write");
            fault("write");
            for (int i = 0; i < batch.size(); i++) {
                SimEvent event = batch.event(i);
                append(Line.of(event));
                if (i + 1 < batch.size()) {
                    point("in a write");
                }
            }
            point("after a write");
        }

        private void append(Line line) {
            for (int i = disk.lines.size() - 1; disk.ordered && !line.isBack && i >= lifeBegin; i--) {
                Line before = disk.lines.get(i);
                if (before.source == line.source && !before.isBack) {
                    if (before.id >= line.id) {
                        throw new BrokenInvariant(disk.name + " was given " + line + " after " + before);
                    }
                    break;
                }
            }
            disk.append(line);
        }

        @Override
        public void flush() {
            point("before a flush");
            fault("flush");
            disk.durable = disk.lines.size();
            point("after a flush");
        }

        @Override
        public boolean blocking() {
            return blocking;
        }
    }

    /** As a file: says how long it is, and is cut back to that. */
    private final class CuttingBack extends Appending implements Stateful {

        CuttingBack(Disk disk, SplittableRandom faults) {
            super(disk, faults);
        }

        @Override
        public void save(DataOutput out) throws IOException {
            point("before a sink's mark is saved");
            if (disk.durable != disk.lines.size()) {
                throw new BrokenInvariant(disk.name + " is asked for its mark before it is flushed");
            }
            out.writeInt(disk.lines.size());
        }

        @Override
        public void load(DataInput in) throws IOException {
            point("before a file is cut back");
            int length = in.readInt();
            if (length > disk.durable) {
                throw new BrokenInvariant(
                        disk.name + " has " + disk.durable + " lines (expected: at least the mark, " + length + ')');
            }
            disk.lines.subList(length, disk.lines.size()).clear();
            disk.durable = length;
            point("after a file is cut back");
        }
    }

    /** A sink over the file that answers later. */
    AsyncSink<SimEvent> asyncSink(Disk disk, SplittableRandom faults) {
        return new CrashAnswers.Answering(this, disk, faults);
    }

    /** A sink over the file. */
    Sink<SimEvent> sink(Disk disk, SplittableRandom faults) {
        return disk.cutBack ? new CuttingBack(disk, faults) : new Appending(disk, faults);
    }

    /** Each file holds what an unbroken run would have written: once, in order, if it can be cut back. */
    void checkEnd() {
        for (Disk disk : disks) {
            for (int source = 0; source < counts.length; source++) {
                checkEnd(disk, source, false);
                checkEnd(disk, source, true);
            }
        }
    }

    private void checkEnd(Disk disk, int source, boolean isBack) {
        List<Long> expected = new ArrayList<>();
        for (long id = 0; id < counts[source]; id++) {
            if (disk.takes(new Line(source, id, isBack)) && (!isBack || letters.isBack(source, id, disk.place))) {
                expected.add(id);
            }
        }
        List<Long> found = disk.lines.stream()
                .filter(line -> line.source == source && line.isBack == isBack)
                .map(Line::id)
                .toList();
        Stream<Long> each = disk.cutBack ? found.stream() : found.stream().distinct();
        boolean inOrder = disk.cutBack && disk.ordered && !isBack;
        List<Long> counted = (inOrder ? each : each.sorted()).toList();
        if (!counted.equals(expected)) {
            throw new BrokenInvariant(disk.name + " has of source " + source + (isBack ? " from letters " : " ") + found
                    + " (expected: " + expected + ')');
        }
    }
}
