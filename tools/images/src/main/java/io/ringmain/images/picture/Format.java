package io.ringmain.images.picture;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** How pictures are written. */
public enum Format {
    /** JPEG of quality 0.9, colours at half the resolution; what is transparent stands on white. */
    JPG("jpeg", "jpg jpeg jpe jfif"),
    /** PNG, with alpha if there is any. */
    PNG("png", "png");

    /** The longest comment: {@value} characters. */
    public static final int NOTE_MAX = 1000;

    private static final float QUALITY = 0.9f;
    private static final byte[] KEYWORD = "Comment\0".getBytes(StandardCharsets.US_ASCII);

    /** The start of a file in which its comment is: what stands before is short. */
    private static final int NOTE_WITHIN = NOTE_MAX + 200;

    private static final byte[] TEXT = "tEXt".getBytes(StandardCharsets.US_ASCII);

    private final String writer;
    private final String endings;

    Format(String writer, String endings) {
        this.writer = writer;
        this.endings = endings;
    }

    /** The ending that names of such files have. */
    public String ending() {
        return endings.split(" ", -1)[0];
    }

    /** Whether a file of that name says that it is such a file. */
    public boolean isNamed(String file) {
        return List.of(endings.split(" ", -1)).contains(ending(file));
    }

    /** What stands behind the last dot of {@code file}, in lower case; empty if there is none. */
    public static String ending(String file) {
        return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Writes a file with {@code picture}, and with {@code note}, at most {@value #NOTE_MAX} characters of it, as its comment; {@code file} stays open. */
    public void write(Picture picture, String note, OutputStream file) throws IOException {
        Picture shown = this == JPG ? picture.opaque() : picture;
        ImageWriter to = ImageIO.getImageWritersByFormatName(writer).next();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(new NotedStream(file, this, block(note(note))))) {
            to.setOutput(out);
            ImageWriteParam how = to.getDefaultWriteParam();
            if (this == JPG) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(QUALITY);
            }
            to.write(null, new IIOImage(shown.image(), null, null), how);
        } finally {
            to.dispose();
        }
    }

    private static byte[] note(String note) {
        // The semicolon tells where it ends.
        return (note.substring(0, Math.min(NOTE_MAX, note.length())) + ';').getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a file has that comment, as {@link #write} writes it. */
    public static boolean isNoted(Path file, String note) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(NOTE_WITHIN), StandardCharsets.ISO_8859_1);
            return start.contains(new String(note(note), StandardCharsets.US_ASCII));
        }
    }

    /** The comment as a block of such a file. */
    private byte[] block(byte[] note) {
        if (this == JPG) {
            return ByteBuffer.allocate(4 + note.length)
                    .putShort((short) 0xfffe)
                    .putShort((short) (note.length + 2))
                    .put(note)
                    .array();
        }
        byte[] text = ByteBuffer.allocate(TEXT.length + KEYWORD.length + note.length)
                .put(TEXT)
                .put(KEYWORD)
                .put(note)
                .array();
        CRC32 sum = new CRC32();
        sum.update(text);
        return ByteBuffer.allocate(text.length + 8)
                .putInt(KEYWORD.length + note.length)
                .put(text)
                .putInt((int) sum.getValue())
                .array();
    }

    /** How long what stands before the comment is: the first block, which both formats want to be the first, that of JFIF, or the header. */
    private int noteAt(ByteBuffer start) {
        return this == JPG ? 4 + start.getShort(4) : 8 + 12 + start.getInt(8);
    }

    /** Puts the comment of a file into it while it is written, so that it need not be held for that. */
    private static final class NotedStream extends FilterOutputStream {

        /** As much of a file as says where the comment comes. */
        private static final int START_BYTES = 12;

        private final Format format;
        private final byte[] block;
        private final ByteBuffer start = ByteBuffer.allocate(START_BYTES);
        // Until more is known, or the comment comes.
        private int left = START_BYTES;
        private boolean isKnown;
        private boolean isNoted;

        NotedStream(OutputStream out, Format format, byte[] block) {
            super(out);
            this.format = format;
            this.block = block;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int end = offset + length;
            while (!isNoted && from < end) {
                int count = Math.min(left, end - from);
                if (!isKnown) {
                    start.put(bytes, from, count);
                }
                out.write(bytes, from, count);
                from += count;
                left -= count;
                if (left == 0) {
                    passed();
                }
            }
            out.write(bytes, from, end - from);
        }

        private void passed() throws IOException {
            if (isKnown) {
                out.write(block);
                isNoted = true;
            } else {
                left = format.noteAt(start) - START_BYTES;
                isKnown = true;
            }
        }
    }
}
