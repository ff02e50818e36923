package io.ringmain.journal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/**
 * What a checkpoint knows of a store of letters: all that is needed so that the run that goes on writes no letter twice, and tries none again whose event is in the
 * checkpoint.
 *
 * <p>Thread: one at a time.
 */
final class LettersAtBarrier {

    private static final int FORMAT = 2;

    private final long run;
    private final long number;
    // Letters of the run, by their number, that were written behind an earlier barrier and whose events have not come
    // again.
    private final LongHashSet outstanding = new LongHashSet();
    // Letters that came back before the barrier, with the run that wrote them: they are done with, though perhaps
    // nobody came to mark them.
    private final Long2LongHashMap back = new Long2LongHashMap(0);

    /**
     * What stands before anything is known.
     *
     * @param run the run that writes
     * @param number how many letters it has written
     */
    LettersAtBarrier(long run, long number) {
        this.run = run;
        this.number = number;
    }

    long run() {
        return run;
    }

    long number() {
        return number;
    }

    void addOutstanding(long its) {
        outstanding.add(its);
    }

    void addBack(long id, long itsRun) {
        back.put(id, itsRun);
    }

    /** Whether the event of a letter of the run may come again. */
    boolean mayComeAgain(Letter letter) {
        return letter.run() == run
                && letter.positionLasts()
                && (letter.number() > number || outstanding.contains(letter.number()));
    }

    /** Whether the letter came back before the barrier. */
    boolean cameBack(Letter letter) {
        return back.containsKey(letter.id()) && back.get(letter.id()) == letter.run();
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeLong(run);
        out.writeLong(number);
        out.writeInt(outstanding.size());
        for (long one : outstanding) {
            out.writeLong(one);
        }
        out.writeInt(back.size());
        for (long id : back.keySet()) {
            out.writeLong(id);
            out.writeLong(back.get(id));
        }
    }

    static LettersAtBarrier read(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("deadLetters: state of format " + format + " (expected: " + FORMAT + ')');
        }
        var read = new LettersAtBarrier(in.readLong(), in.readLong());
        for (int left = in.readInt(); left > 0; left--) {
            read.addOutstanding(in.readLong());
        }
        for (int left = in.readInt(); left > 0; left--) {
            read.addBack(in.readLong(), in.readLong());
        }
        return read;
    }
}
