package io.ringmain.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A file as it is read: tells what the disk says from what is wrong with the content, and counts. Closing it leaves the channel open. */
final class RawInput extends InputStream {

    private final String name;
    private final ReadableByteChannel channel;
    private final AtomicLong bytes = new AtomicLong();

    RawInput(String name, ReadableByteChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    long bytes() {
        return bytes.get();
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        try {
            int count = channel.read(ByteBuffer.wrap(to, offset, length));
            if (count > 0) {
                bytes.addAndGet(count);
            }
            return count;
        } catch (IOException problem) {
            throw new PackException(name + ": cannot be read: " + PackException.reason(problem), problem);
        }
    }
}
