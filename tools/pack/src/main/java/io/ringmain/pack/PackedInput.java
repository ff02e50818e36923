package io.ringmain.pack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The content of a packed file, ours or of anybody who writes zstd, gzip or lz4, encrypted or not. Ours says that it has ended only when its trailer was found and says
 * the same as what came.
 *
 * <p>Thread: one. Nothing is read before the first {@link #read}. Errors: a {@link PackException} says what is wrong with the file, and that what was read of it so
 * far is not to be used.
 */
public final class PackedInput implements ReadableByteChannel {

    private static final int ZSTD_MAGIC = 0xFD2FB528;
    private static final int SKIPPABLES = 0x184D2A50;
    private static final int BUFFER_BYTES = 64 << 10;

    private final String name;
    private final RawInput raw;
    private final Unlocking unlocking;
    private final CRC32C contentCrc = new CRC32C();
    private long length;
    private boolean isOpen = true;
    private boolean isEnded;
    private @Nullable Opened opened;

    /** What was found out about the file: its format, its mark if it is ours, and what reads it. */
    private record Opened(PackFormat format, Envelope.@Nullable Mark mark, TailInput packed, InputStream content) {}

    /**
     * Reads from {@code packed}.
     *
     * @param name what errors call it
     * @param unlocking what an encrypted one is decrypted with
     */
    public PackedInput(String name, ReadableByteChannel packed, Unlocking unlocking) {
        this.name = name;
        this.unlocking = unlocking;
        raw = new RawInput(name, packed);
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (isEnded) {
            return -1;
        }
        try {
            Opened now = opened;
            if (now == null) {
                now = open();
                opened = now;
            }
            int count = now.content.read(to.array(), to.arrayOffset() + to.position(), to.remaining());
            if (count < 0) {
                checkEnd(now);
                isEnded = true;
                return -1;
            }
            contentCrc.update(to.array(), to.arrayOffset() + to.position(), count);
            length += count;
            to.position(to.position() + count);
            return count;
        } catch (PackException sentence) {
            throw sentence;
        } catch (UnmetNeedException need) {
            if (isOurs()) {
                throw damaged("has a frame that ringmain did not make", need);
            }
            throw new PackException(name + ": cannot be unpacked here: it needs " + PackException.reason(need), need);
        } catch (IOException | RuntimeException damage) {
            throw damaged(PackException.reason(damage), damage);
        }
    }

    private PackException damaged(String why, @Nullable Throwable cause) {
        return new PackException(
                name + ": damaged or not whole: " + why + " (after " + length
                        + " bytes of content); get the file again from where it came",
                cause);
    }

    private Opened open() throws IOException {
        Unlocking.Unlocked unlocked = unlocking.unlocked(name, raw);
        InputStream in = unlocked.in();
        byte[] head = in.readNBytes(Envelope.MARK_BYTES_MAX);
        Optional<Envelope.Mark> found = Envelope.markOf(head);
        if (found.isPresent()) {
            Envelope.Mark mark = found.get();
            if (mark.version() != Envelope.VERSION) {
                throw damaged("made by another version of ringmain, " + mark.version() + ", or changed", null);
            }
            TailInput packed = new TailInput(head, in, Envelope.trailerBytes(mark.format()));
            packed.readNBytes(Envelope.markBytes(mark.format()));
            return new Opened(mark.format(), mark, packed, mark.format().decoded(packed));
        }
        return foreign(head, unlocked);
    }

    private Opened foreign(byte[] begun, Unlocking.Unlocked unlocked) throws IOException {
        byte[] head = begun;
        InputStream in = unlocked.in();
        // Others use skippable frames too, and zstd and lz4 have them in common: what comes first that is not one says
        // the format.
        while (head.length >= 8 && (intOf(head) & ~0xf) == SKIPPABLES) {
            long bytes = 8
                    + Integer.toUnsignedLong(
                            ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
            TailInput rest = new TailInput(head, in, 0);
            rest.skipNBytes(bytes);
            head = rest.readNBytes(Envelope.MARK_BYTES_MAX);
            in = rest;
        }
        PackFormat format = formatOf(head);
        if (format == null && !unlocked.wasLocked()) {
            throw new PackException(
                    name + ": " + (head.length == 0 ? "empty" : "not packed, or its beginning is damaged")
                            + " (expected: zstd, gzip or lz4, or anything encrypted by age)");
        }
        if (format == null) {
            // Whatever it is, somebody has encrypted it and nothing else, and the encryption finds each change.
            TailInput content = new TailInput(head, in, 0);
            return new Opened(PackFormat.NONE, null, content, content);
        }
        TailInput packed = new TailInput(head, in, Envelope.trailerBytes(format));
        return new Opened(format, null, packed, format.decoded(new ForeignInput(packed, format)));
    }

    private static int intOf(byte[] head) {
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private static @Nullable PackFormat formatOf(byte[] head) {
        int magic = head.length < 4 ? 0 : intOf(head);
        if (magic == ZSTD_MAGIC) {
            return PackFormat.ZSTD;
        }
        if (magic == Lz4Codec.MAGIC) {
            return PackFormat.LZ4;
        }
        return (magic & 0xffff) == 0x8b1f ? PackFormat.GZIP : null;
    }

    /** Passes on all of a file, unless it ends as only ours do. */
    private static final class ForeignInput extends InputStream {
        private final TailInput packed;
        private final PackFormat format;

        ForeignInput(TailInput packed, PackFormat format) {
            this.packed = packed;
            this.format = format;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int count = packed.read(to, offset, length);
            if (count < 0) {
                if (Envelope.trailerOf(format, packed.tail()).isPresent()) {
                    throw new EOFException("it ends as files of ringmain do, and does not begin so");
                }
                packed.giveOut();
                count = packed.read(to, offset, length);
            }
            return count;
        }
    }

    private void checkEnd(Opened now) throws IOException {
        Envelope.Mark mark = now.mark;
        if (mark == null) {
            return;
        }
        if (!now.packed.isAtTail()) {
            throw damaged("something stands between its last chunk and its trailer", null);
        }
        byte[] tail = now.packed.tail();
        Envelope.Trailer said = Envelope.trailerOf(now.format, tail)
                .orElseThrow(() -> damaged("its trailer is missing or damaged", null));
        if (said.packedCrc() != now.packed.crc()) {
            throw damaged("the packed bytes do not match their checksum", null);
        }
        if (said.length() != length) {
            throw damaged("it has " + length + " bytes of content (expected: " + said.length() + ")", null);
        }
        if (said.contentCrc() != (int) contentCrc.getValue()) {
            throw damaged("the content does not match its checksum", null);
        }
        long chunks = (length + mark.chunkBytes() - 1) / mark.chunkBytes();
        if (said.chunks() != chunks) {
            throw damaged("it has " + chunks + " chunks (expected: " + said.chunks() + ")", null);
        }
    }

    /** What is packed, if something was read. */
    public Optional<PackFormat> format() {
        return opened == null ? Optional.empty() : Optional.of(opened.format);
    }

    /** Whether the file has a trailer of ours, if something was read. */
    public boolean isOurs() {
        return opened != null && opened.mark != null;
    }

    /** Reads to the end, or until {@code isStopped}, and keeps nothing; returns whether it came to the end. */
    public boolean check(BooleanSupplier isStopped) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (!isStopped.getAsBoolean()) {
            if (read(buffer) < 0) {
                return true;
            }
            buffer.clear();
        }
        return false;
    }

    /** The CRC-32C of what was read. */
    public int contentCrc() {
        return (int) contentCrc.getValue();
    }

    /** How many packed bytes were read. Any thread. */
    public long packedBytes() {
        return raw.bytes();
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    /** Gives back what reading took; what it reads from stays open. */
    @Override
    public void close() throws IOException {
        isOpen = false;
        if (opened != null) {
            Opened last = opened;
            opened = null;
            isEnded = true;
            last.content.close();
        }
    }
}
