package io.ringmain.images.picture;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is done to a picture. All of it works on the samples as they are stored, as ImageMagick and GraphicsMagick do: brighter by a tenth is a tenth more of the
 * sRGB value, not of the light.
 */
public sealed interface Operation {

    /** Returns what becomes of {@code picture}, which may be the same object, changed. */
    Picture apply(Picture picture) throws PictureException;

    /** What {@link #apply} makes of a picture of this size. */
    default Extent extent(Extent picture) {
        return picture;
    }

    /**
     * Columns and rows.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param pixelsMost the most pixels of any picture on the way there
     */
    record Extent(int width, int height, long pixelsMost) {

        /** Of a picture on which nothing was done yet. */
        public static Extent of(int width, int height) {
            return new Extent(width, height, (long) width * height);
        }

        private Extent then(int columns, int rows) {
            // Rows are changed first.
            long between = (long) width * rows;
            return new Extent(columns, rows, Math.max(pixelsMost, Math.max(between, (long) columns * rows)));
        }
    }

    /** How a picture gets its new size. */
    enum Fit {
        /** As large as fits into the size; the shape stays. Pictures that are smaller are made larger. */
        FIT,
        /** As small as fills the size; the shape stays, and what sticks out is cut off on both sides alike. */
        FILL,
        /** The size, whatever becomes of the shape. */
        EXACT
    }

    /**
     * Gives the picture a new size, by Lanczos with three lobes.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param fit what the size means
     */
    record Resize(int width, int height, Fit fit) implements Operation {

        /** The longest side of a result: {@value}. */
        public static final int SIDE_MAX = 65_500;

        /** Checks the numbers. */
        public Resize {
            if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX) {
                throw new IllegalArgumentException(
                        "resize: " + width + 'x' + height + " (expected: both sides from 1 to " + SIDE_MAX + ')');
            }
            requireNonNull(fit, "fit");
        }

        /** All of the result, of which {@link #extent} is the part that is kept. */
        private Extent whole(int columns, int rows) {
            double across = (double) width / columns;
            double down = (double) height / rows;
            double scale = fit == Fit.FILL ? Math.max(across, down) : Math.min(across, down);
            return fit == Fit.EXACT ? Extent.of(width, height) : Extent.of(side(columns * scale), side(rows * scale));
        }

        @Override
        public Extent extent(Extent picture) {
            Extent whole = whole(picture.width, picture.height);
            return picture.then(Math.min(width, whole.width), Math.min(height, whole.height));
        }

        @Override
        public Picture apply(Picture picture) throws PictureException {
            Extent whole = whole(picture.width(), picture.height());
            int columns = Math.min(width, whole.width);
            int rows = Math.min(height, whole.height);
            if (columns == picture.width() && rows == picture.height() && whole.equals(Extent.of(columns, rows))) {
                return picture;
            }
            return Convolution.of(
                    picture,
                    Taps.lanczos(picture.width(), whole.width, (whole.width - columns) / 2, columns),
                    Taps.lanczos(picture.height(), whole.height, (whole.height - rows) / 2, rows));
        }

        private static int side(double length) {
            return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(length + 0.5)));
        }

        @Override
        public String toString() {
            return "resize " + width + 'x' + height + ' ' + fit.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Blurs the picture by the bell of Gauss; beyond its edges it goes on as at the edge.
     *
     * @param sigma how wide the bell is, in pixels; positive, at most {@value #SIGMA_MAX}
     */
    record Blur(double sigma) implements Operation {

        /** The widest bell: {@value}. */
        public static final double SIGMA_MAX = 250;

        /** Checks the number. */
        public Blur {
            if (!(sigma > 0) || sigma > SIGMA_MAX) {
                throw new IllegalArgumentException(
                        "blur: " + sigma + " (expected: more than 0, at most " + SIGMA_MAX + ')');
            }
        }

        @Override
        public Picture apply(Picture picture) throws PictureException {
            return Convolution.of(picture, Taps.gauss(picture.width(), sigma), Taps.gauss(picture.height(), sigma));
        }

        @Override
        public String toString() {
            return "blur " + sigma;
        }
    }

    /**
     * Makes each colour sample larger by a share of itself.
     *
     * @param percent how much; from -100, black, to {@value #PERCENT_MAX}
     */
    record Brighten(double percent) implements Operation {

        /** The most: {@value}. */
        public static final double PERCENT_MAX = 10_000;

        /** Checks the number. */
        public Brighten {
            if (!(percent >= -100) || percent > PERCENT_MAX) {
                throw new IllegalArgumentException(
                        "brighten: " + percent + " (expected: from -100 to " + PERCENT_MAX + ')');
            }
        }

        @Override
        public Picture apply(Picture picture) {
            byte[] brighter = new byte[256];
            for (int i = 0; i < brighter.length; i++) {
                brighter[i] = (byte) Math.min(255, Math.round(i * (1 + percent / 100)));
            }
            byte[] samples = picture.samples();
            if (picture.hasAlpha()) {
                for (int i = 0; i < samples.length; i++) {
                    // The last of four is the alpha.
                    samples[i] = (i & 3) == 3 ? samples[i] : brighter[samples[i] & 0xff];
                }
            } else {
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = brighter[samples[i] & 0xff];
                }
            }
            return picture;
        }

        @Override
        public String toString() {
            return "brighten " + percent;
        }
    }

    /** Operations as text, in their order. */
    static String text(List<Operation> operations) {
        return operations.stream().map(Operation::toString).collect(Collectors.joining(", "));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is nothing of the kind
     */
    static List<Operation> parseAll(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(", ", -1)).map(Operation::parse).toList();
    }

    /**
     * Reads what {@link Object#toString} of one wrote.
     *
     * @throws IllegalArgumentException if it is nothing of the kind
     */
    static Operation parse(String text) {
        String[] words = text.split(" ", -1);
        try {
            if (words.length == 3 && words[0].equals("resize")) {
                return resize(words[1], Fit.valueOf(words[2].toUpperCase(Locale.ROOT)));
            } else if (words.length == 2 && words[0].equals("blur")) {
                return new Blur(Double.parseDouble(words[1]));
            } else if (words.length == 2 && words[0].equals("brighten")) {
                return new Brighten(Double.parseDouble(words[1]));
            }
        } catch (NumberFormatException notOne) {
            // Said below.
        }
        throw new IllegalArgumentException("operation: " + text
                + " (expected: resize WIDTHxHEIGHT fit|fill|exact, blur SIGMA or brighten PERCENT)");
    }

    /**
     * Reads a size as {@code 800x600}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Resize resize(String size, Fit fit) {
        String[] sides = size.split("x", -1);
        try {
            if (sides.length == 2) {
                return new Resize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), fit);
            }
        } catch (NumberFormatException notOne) {
            // Said below.
        }
        throw new IllegalArgumentException("resize: " + size + " (expected: WIDTHxHEIGHT, as 800x600)");
    }
}
