package io.ringmain.journal;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.spi.ByteOutput;
import io.ringmain.spi.Digest;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import io.ringmain.spi.SinkDigest;
import io.ringmain.spi.SinkDigest.Repeats;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How the head and the foot of a run lie in their excerpts; between them are its blocks, as core wrote them. */
final class RunFormat {

    /** The kind of excerpts that begin a run. */
    static final int HEAD = 16;

    /** The kind of excerpts that are blocks of slots. */
    static final int BLOCK = 17;

    /** The kind of excerpts that end a run. */
    static final int FOOT = 18;

    private static final int FORMAT = 1;
    private static final int BYTES = 1024;

    private RunFormat() {}

    /** What a head says: what the pipeline knows, and what the journal was told. */
    record Head(JournalHead head, long epochNs, String plan, List<String> names) {}

    static ByteOutput write(Head head) throws IOException {
        var out = new ByteOutput(BYTES);
        out.writeByte(FORMAT);
        out.writeLong(head.epochNs());
        out.writeUTF(head.plan());
        out.writeInt(head.names().size());
        for (String name : head.names()) {
            out.writeUTF(name);
        }
        JournalHead its = head.head();
        out.writeUTF(its.pipeline());
        out.writeInt(its.format());
        out.writeLong(its.seed());
        out.writeLong(its.checkpoint());
        out.writeLong(its.clockNs());
        return out;
    }

    static Head readHead(CycleCursor cursor) throws IOException {
        DataInputStream in = input(cursor);
        long epochNs = in.readLong();
        String plan = in.readUTF();
        int count = in.readInt();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        var head = new JournalHead(in.readUTF(), in.readInt(), in.readLong(), in.readLong(), in.readLong());
        return new Head(head, epochNs, plan, List.copyOf(names));
    }

    static ByteOutput write(JournalFoot foot) throws IOException {
        var out = new ByteOutput(BYTES);
        out.writeByte(FORMAT);
        out.writeBoolean(foot.complete());
        out.writeLong(foot.slots());
        out.writeInt(foot.sinks().size());
        for (SinkDigest sink : foot.sinks()) {
            out.writeUTF(sink.sink());
            out.writeUTF(sink.repeats().name());
            out.writeLong(sink.digest().events());
            out.writeUTF(sink.digest().inOrder());
            out.writeUTF(sink.digest().inAnyOrder());
        }
        return out;
    }

    static JournalFoot readFoot(CycleCursor cursor) throws IOException {
        DataInputStream in = input(cursor);
        boolean complete = in.readBoolean();
        long slots = in.readLong();
        int count = in.readInt();
        List<SinkDigest> sinks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String sink = in.readUTF();
            Repeats repeats = Repeats.valueOf(in.readUTF());
            sinks.add(new SinkDigest(sink, new Digest(in.readLong(), in.readUTF(), in.readUTF()), repeats));
        }
        return new JournalFoot(complete, slots, sinks);
    }

    private static DataInputStream input(CycleCursor cursor) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(cursor.bytes(), cursor.offset(), cursor.length()));
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IOException(cursor.file().path() + ": a run of format " + format + " (expected: " + FORMAT
                    + "); it was written by another version");
        }
        return in;
    }
}
