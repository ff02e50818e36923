package io.ringmain.images.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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

    /** Returns the bytes of a file with {@code picture}, and with {@code note}, at most {@value #NOTE_MAX} characters of it, as its comment. */
    public byte[] write(Picture picture, String note) throws IOException {
        Picture shown = this == JPG ? picture.opaque() : picture;
        ImageWriter to = ImageIO.getImageWritersByFormatName(writer).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
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
        return noted(bytes.toByteArray(), note(note));
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

    /** Behind the first block, which both formats want to be the first: that of JFIF, or the header. */
    private byte[] noted(byte[] file, byte[] note) {
        byte[] name = this == JPG ? new byte[0] : KEYWORD;
        byte[] comment = ByteBuffer.allocate(name.length + note.length)
                .put(name)
                .put(note)
                .array();
        ByteBuffer from = ByteBuffer.wrap(file);
        int at = this == JPG ? 4 + from.getShort(4) : 8 + 12 + from.getInt(8);
        ByteBuffer to = ByteBuffer.allocate(file.length + comment.length + 12).put(file, 0, at);
        if (this == JPG) {
            to.putShort((short) 0xfffe).putShort((short) (comment.length + 2)).put(comment);
        } else {
            CRC32 sum = new CRC32();
            sum.update(TEXT);
            sum.update(comment);
            to.putInt(comment.length).put(TEXT).put(comment).putInt((int) sum.getValue());
        }
        to.put(file, at, file.length - at).flip();
        byte[] noted = new byte[to.remaining()];
        to.get(noted);
        return noted;
    }
}
