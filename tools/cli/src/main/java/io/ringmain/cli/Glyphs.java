package io.ringmain.cli;

/**
 * The signs that not every charset has.
 *
 * @param micro the unit of times
 * @param full a filled piece of a bar
 * @param empty an empty piece of a bar
 * @param right a sum that adds up
 * @param wrong a sum that does not
 */
record Glyphs(String micro, String full, String empty, String right, String wrong) {

    /** All signs of {@link #UNICODE}. */
    static final String UNICODE_SAMPLE = "µ█░✓✗";

    static final Glyphs UNICODE = new Glyphs("µs", "█", "░", "✓", "✗");
    static final Glyphs ASCII = new Glyphs("us", "#", ".", "ok", "WRONG");

    /** A bar of {@code width} pieces of which {@code share}, from 0 to 1, are full. */
    String bar(double share, int width) {
        int filled = (int) Math.round(Math.max(0, Math.min(1, share)) * width);
        return full.repeat(filled) + empty.repeat(width - filled);
    }

    /** The filled part of a bar of {@code width} pieces; something is never nothing. */
    String bareBar(double share, int width) {
        return full.repeat((int) Math.max(share > 0 ? 1 : 0, Math.round(share * width)));
    }
}
