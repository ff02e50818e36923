package io.ringmain.images.picture;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** How a camera was held: from 1, upright, to 8, as EXIF counts. */
final class Orientation {

    private static final int UPRIGHT = 1;

    /** What stands before the data of EXIF in a JPEG file, and sometimes in a WebP file. */
    private static final int NAME = 6;

    private Orientation() {}

    /** What the file says; 1 if it says nothing that makes sense. */
    static int of(String format, ImageInputStream file) {
        try {
            file.seek(0);
            if (format.startsWith("tif")) {
                return inDirectory(file);
            }
            byte[] exif = exif(format, file);
            if (exif == null) {
                return UPRIGHT;
            }
            int from = exif.length > NAME && exif[0] == 'E' ? NAME : 0;
            try (ImageInputStream in = new ByteArrayImageInputStream(exif, from, exif.length - from)) {
                return inDirectory(in);
            }
        } catch (IOException | RuntimeException damaged) {
            // What is damaged there costs no pixel.
            return UPRIGHT;
        }
    }

    private static int inDirectory(ImageInputStream in) throws IOException {
        Entry entry = new TIFFReader().read(in).getEntryById(TIFF.TAG_ORIENTATION);
        return entry != null && entry.getValue() instanceof Number number ? number.intValue() : UPRIGHT;
    }

    private static byte @Nullable [] exif(String format, ImageInputStream file) throws IOException {
        return switch (format) {
            case "jpeg" -> jpeg(file);
            case "png" -> PngChunks.png(file, "eXIf");
            case "webp" -> PngChunks.webp(file, "EXIF");
            default -> null;
        };
    }

    private static byte @Nullable [] jpeg(ImageInputStream file) throws IOException {
        List<JPEGSegment> segments = JPEGSegmentUtil.readSegments(file, JPEG.APP1, "Exif");
        return segments.isEmpty() ? null : segments.get(0).segmentData().readAllBytes();
    }
}
