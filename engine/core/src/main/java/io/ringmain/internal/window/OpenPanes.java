package io.ringmain.internal.window;

import io.ringmain.internal.ring.Groups;
import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What lanes have written of the panes that were open when a barrier passed them, until the lane behind takes it up at the same barrier.
 *
 * <p>Thread: of each group the lane that has it, then the lane behind; the next barrier comes when that is done.
 */
final class OpenPanes {

    private final @Nullable ByteArrayOutputStream[] bytes = new ByteArrayOutputStream[Groups.COUNT];
    private final int[] counts = new int[Groups.COUNT];
    private long first = Long.MIN_VALUE + 1;

    /** Begins with a barrier at which panes are open that do not begin before {@code first}. */
    void begin(long first) {
        this.first = first;
    }

    /** Panes that begin before this were closed. */
    long first() {
        return first;
    }

    /** Notes the open panes of a group. */
    void put(int group, Panes<?> panes) throws IOException {
        var written = new ByteArrayOutputStream();
        counts[group] = panes.count(first, Long.MAX_VALUE);
        panes.save(new DataOutputStream(written), first, Long.MAX_VALUE);
        bytes[group] = written;
    }

    /** How many panes of a group were open. */
    int count(int group) {
        return counts[group];
    }

    /** Writes the open panes of a group, and forgets them. */
    void write(int group, DataOutput out) throws IOException {
        ByteArrayOutputStream written = bytes[group];
        if (written != null) {
            out.write(written.toByteArray());
            bytes[group] = null;
        }
    }
}
