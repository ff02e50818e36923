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
public final class ImageTaskType implements EventType<ImageTask>, LetterCodec<ImageTask> {

    /** The only one. */
    public static final ImageTaskType TYPE = new ImageTaskType();

    private ImageTaskType() {}

    @Override
    public ImageTask create() {
        return new ImageTask();
    }

    @Override
    public void clear(ImageTask task) {
        task.clear();
    }

    @Override
    public void copy(ImageTask from, ImageTask to) {
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
    public void write(ImageTask task, DataOutput out) throws IOException {
        byte[] line = line(task);
        out.writeInt(line.length);
        out.write(line);
        out.writeInt(task.id);
        out.writeUTF(task.in.toString());
        out.writeUTF(task.out.toString());
        out.writeUTF(Operation.text(task.operations));
        out.writeLong(task.limits.pixelsMax());
        out.writeLong(task.limits.bytesMax());
    }

    private static byte[] line(ImageTask task) {
        return task.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void read(ImageTask task, DataInput in, int format) throws IOException {
        if (format != format()) {
            throw new IOException("image_task: format " + format + " (expected: " + format() + ')');
        }
        in.skipBytes(in.readInt());
        task.id = in.readInt();
        task.in = Path.of(in.readUTF());
        task.out = Path.of(in.readUTF());
        task.operations = Operation.parseAll(in.readUTF());
        task.limits = new Limits(in.readLong(), in.readLong());
    }

    @Override
    public int payloadOffset(ImageTask task) {
        return Integer.BYTES;
    }

    @Override
    public int payloadLength(ImageTask task, int written) {
        return line(task).length;
    }
}
