package io.ringmain.images.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** How pictures are written. */
public enum Format {
    /** JPEG of quality 0.9, colours at half the resolution; what is transparent stands on white. */
    JPG("jpeg", List.of("jpg", "jpeg", "jpe", "jfif")),
    /** PNG, with alpha if there is any. */
    PNG("png", List.of("png"));

    private static final float QUALITY = 0.9f;

    private final String writer;
    private final List<String> endings;

    Format(String writer, List<String> endings) {
        this.writer = writer;
        this.endings = endings;
    }

    /** The ending that names of such files have. */
    public String ending() {
        return endings.get(0);
    }

    /** Whether a file of that name says that it is such a file. */
    public boolean isNamed(String file) {
        return endings.contains(ending(file));
    }

    /** What stands behind the last dot of {@code file}, in lower case; empty if there is none. */
    public static String ending(String file) {
        return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns the bytes of a file with {@code picture}. */
    public byte[] write(Picture picture) throws IOException {
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
        return bytes.toByteArray();
    }
}
