package io.ringmain.images.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Pictures for tests. */
public final class Drawn {

    private Drawn() {}

    /** A picture of smooth colours that are different at each corner. */
    public static BufferedImage image(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 255 * x / Math.max(1, width - 1);
                int green = 255 * y / Math.max(1, height - 1);
                int blue = (int) (127 + 100 * Math.sin(x / 9.0) * Math.cos(y / 7.0));
                image.setRGB(x, y, 0xff000000 | red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    /** Writes such a picture in a format that Java can write. */
    public static Path file(Path file, int width, int height) throws IOException {
        String ending = Format.ending(String.valueOf(file.getFileName()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!ImageIO.write(image(width, height, BufferedImage.TYPE_3BYTE_BGR), ending, file.toFile())) {
            throw new IOException(file + ": no writer for " + ending);
        }
        return file;
    }

    static byte[] bytes(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("no writer for " + format);
        }
        return bytes.toByteArray();
    }

    /** A JPEG file that says how the camera was held. */
    static byte[] oriented(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(2 + 2 + 6 + 8 + 2 + 12 + 4);
        exif.putShort((short) 0xffe1).putShort((short) (exif.capacity() - 2));
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.putShort((short) 0x4d4d).putShort((short) 42).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation).putShort((short) 0).putInt(0);
        return ByteBuffer.allocate(jpeg.length + exif.capacity())
                .put(jpeg, 0, 2)
                .put(exif.array())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** A chunk of a PNG file with its sum. */
    static byte[] chunk(String name, byte[] data) {
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(name.getBytes(StandardCharsets.US_ASCII));
        sum.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) sum.getValue())
                .array();
    }

    /** The header of a TIFF file, and no pixels: {@code more} are tags above 279, each with its value, below 65,536. */
    public static byte[] tiff(int width, int height, int samples, int bits, int... more) {
        int[] tags = {256, width, 257, height, 258, bits, 259, 1, 262, 2, 273, 8, 277, samples, 278, height, 279, 100};
        int[] all = IntStream.concat(Arrays.stream(tags), Arrays.stream(more)).toArray();
        int end = 8 + 2 + 6 * all.length + 4;
        ByteBuffer file = ByteBuffer.allocate(end + 2 * samples);
        file.putShort((short) 0x4d4d).putShort((short) 42).putInt(8).putShort((short) (all.length / 2));
        for (int i = 0; i < all.length; i += 2) {
            boolean isBits = all[i] == 258;
            file.putShort((short) all[i]).putShort((short) 3).putInt(isBits ? samples : 1);
            if (isBits) {
                file.putInt(end);
            } else {
                file.putShort((short) all[i + 1]).putShort((short) 0);
            }
        }
        file.putInt(0);
        while (file.hasRemaining()) {
            file.putShort((short) bits);
        }
        return file.array();
    }

    /** As {@link #psnr(Picture, Picture)}; both images are of no use then. */
    public static double psnr(BufferedImage one, BufferedImage other) throws IOException {
        return psnr(Samples.of(one, null), Samples.of(other, null));
    }

    /** How alike two pictures are: the peak signal to the noise, in decibels. */
    static double psnr(Picture one, Picture other) {
        double sum = 0;
        for (int i = 0; i < one.samples().length; i++) {
            double difference = (one.samples()[i] & 0xff) - (other.samples()[i] & 0xff);
            sum += difference * difference;
        }
        return 10 * Math.log10(255 * 255 / (sum / one.samples().length));
    }
}
