package io.ringmain.images;

import io.ringmain.images.picture.Limits;
import io.ringmain.images.picture.Operation;
import io.ringmain.spi.EventType;
import io.ringmain.spi.LetterCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** How tasks are made, copied, and kept in dead letters: as a line for people, then what is needed to do them again. */
public final class ImageSlotType implements EventType<ImageSlot>, LetterCodec<ImageSlot> {

    /** The only one. */
    public static final ImageSlotType TYPE = new ImageSlotType();

    private static final ImageSlot EMPTY = new ImageSlot();

    private ImageSlotType() {}

    @Override
    public ImageSlot create() {
        return new ImageSlot();
    }

    @Override
    public void clear(ImageSlot slot) {
        slot.copyFrom(EMPTY);
    }

    @Override
    public void copy(ImageSlot from, ImageSlot to) {
        to.copyFrom(from);
    }

    @Override
    public String name() {
        return "image_task";
    }

    @Override
    public int format() {
        return 1;
    }

    @Override
    public void write(ImageSlot slot, DataOutput out) throws IOException {
        ImageTask task = slot.task;
        byte[] line = line(slot);
        out.writeInt(line.length);
        out.write(line);
        out.writeInt(task.id());
        out.writeUTF(task.in().toString());
        out.writeUTF(task.out().toString());
        out.writeUTF(Operation.text(task.operations()));
        out.writeLong(task.limits().pixelsMax());
        out.writeLong(task.limits().bytesMax());
    }

    private static byte[] line(ImageSlot slot) {
        return slot.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void read(ImageSlot slot, DataInput in, int format) throws IOException {
        if (format != format()) {
            throw new IOException("image_task: format " + format + " (expected: " + format() + ')');
        }
        in.skipBytes(in.readInt());
        slot.task = new ImageTask(
                in.readInt(),
                Path.of(in.readUTF()),
                Path.of(in.readUTF()),
                Operation.parseAll(in.readUTF()),
                new Limits(in.readLong(), in.readLong()));
    }

    @Override
    public int payloadOffset(ImageSlot slot) {
        return Integer.BYTES;
    }

    @Override
    public int payloadLength(ImageSlot slot, int written) {
        return line(slot).length;
    }
}
