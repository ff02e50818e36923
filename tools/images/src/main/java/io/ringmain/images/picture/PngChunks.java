package io.ringmain.images.picture;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** What a PNG or WebP file has beside its pixels: Java's reader of PNG gives neither the profile of the colours nor the EXIF data. */
final class PngChunks {

    /** What is larger is not looked at: {@value}, 4 MiB. */
    private static final int BYTES_MAX = 4 << 20;

    private static final int SIGNATURE = 8;
    private static final int RIFF_HEADER = 12;

    private PngChunks() {}

    /** Fails if a chunk that pixels depend on is not what was written: Java's reader of PNG does not look at the sums. */
    static void check(ImageInputStream file) throws IOException {
        file.setByteOrder(ByteOrder.BIG_ENDIAN);
        byte[] some = new byte[1 << 16];
        CRC32 sum = new CRC32();
        long at = SIGNATURE;
        while (at + 12 <= file.length()) {
            file.seek(at);
            long length = file.readUnsignedInt();
            String name = name(file);
            boolean isNeeded = Character.isUpperCase(name.charAt(0));
            if (isNeeded && at + 12 + length <= file.length()) {
                file.seek(at + 4);
                sum.reset();
                for (long left = length + 4; left > 0; ) {
                    int count = (int) Math.min(left, some.length);
                    file.readFully(some, 0, count);
                    sum.update(some, 0, count);
                    left -= count;
                }
                if (sum.getValue() != file.readUnsignedInt()) {
                    throw new PictureException("corrupt", "damaged: the sum of chunk " + name + " is wrong");
                }
            }
            at += 12 + length;
        }
    }

    /** The data of the first chunk of a PNG file that is called {@code name}; null if there is none before the end. */
    static byte @Nullable [] png(ImageInputStream file, String name) throws IOException {
        file.setByteOrder(ByteOrder.BIG_ENDIAN);
        long at = SIGNATURE;
        while (at + 12 <= file.length()) {
            file.seek(at);
            long length = file.readUnsignedInt();
            if (name.equals(name(file))) {
                return data(file, length);
            }
            at += 12 + length;
        }
        return null;
    }

    /** The data of the first chunk of a WebP file that is called {@code name}; null if there is none before the end. */
    static byte @Nullable [] webp(ImageInputStream file, String name) throws IOException {
        file.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        long at = RIFF_HEADER;
        while (at + 8 <= file.length()) {
            file.seek(at);
            String found = name(file);
            long length = file.readUnsignedInt();
            if (name.equals(found)) {
                return data(file, length);
            }
            at += 8 + length + (length & 1);
        }
        return null;
    }

    private static String name(ImageInputStream file) throws IOException {
        byte[] name = new byte[4];
        file.readFully(name);
        return new String(name, StandardCharsets.US_ASCII);
    }

    private static byte @Nullable [] data(ImageInputStream file, long length) throws IOException {
        if (length > BYTES_MAX || length > file.length() - file.getStreamPosition()) {
            return null;
        }
        byte[] data = new byte[(int) length];
        file.readFully(data);
        return data;
    }

    /** The profile of the colours of a PNG file; null if it has none that is of use. */
    static @Nullable ICC_Profile profile(ImageInputStream file) throws IOException {
        byte[] chunk = png(file, "iCCP");
        int at = 0;
        while (chunk != null && at < chunk.length && chunk[at] != 0) {
            // Its name.
            at++;
        }
        // Behind the name a 0 that ends it, and another one for how it is packed.
        if (chunk == null || at + 2 > chunk.length || chunk[at + 1] != 0) {
            return null;
        }
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(chunk, at + 2, chunk.length - at - 2))) {
            byte[] profile = in.readNBytes(BYTES_MAX + 1);
            return profile.length > BYTES_MAX ? null : ICC_Profile.getInstance(profile);
        } catch (IOException | IllegalArgumentException unusable) {
            return null;
        }
    }
}
