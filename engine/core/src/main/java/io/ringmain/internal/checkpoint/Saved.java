package io.ringmain.internal.checkpoint;

import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.Stateful;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What one part of the pipeline said at the last barrier.
 *
 * <p>Thread: {@link #save} and {@link #end} on the part's lane. The supervisor reads once the barrier has passed all lanes, and the next one is not
 * published before it has.
 */
public final class Saved {

    private final String name;
    private final Stateful part;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte @Nullable [] last;

    Saved(String name, Stateful part) {
        this.name = name;
        this.part = part;
    }

    /** Asks the part what it has to remember at the barrier that is passing. */
    public void save() throws StoppedException {
        bytes.reset();
        if (last == null) {
            save(bytes);
        } else {
            bytes.writeBytes(last);
        }
    }

    private void save(ByteArrayOutputStream to) throws StoppedException {
        try {
            part.save(new DataOutputStream(to));
        } catch (Exception failure) {
            throw new StoppedException(name.replace('/', ' '), failure);
        }
    }

    /** The part ends: what it says now it would say at all barriers to come. */
    public void end() throws StoppedException {
        var now = new ByteArrayOutputStream();
        save(now);
        last = now.toByteArray();
    }

    void load(byte[] state) throws IOException {
        part.load(new DataInputStream(new ByteArrayInputStream(state)));
    }

    /** Whether the part was asked in this run. */
    boolean isSaved() {
        return bytes.size() > 0;
    }

    String name() {
        return name;
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeUTF(name);
        out.writeInt(bytes.size());
        bytes.writeTo(out);
    }
}
