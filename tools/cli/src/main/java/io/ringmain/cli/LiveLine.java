package io.ringmain.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes what a run is doing as one line:
 *
 * <pre>  ███████░░░░░ 58 %  2.90M events  3.21M/s  ETA 1 s  ring 12 %  errors 0.1 %  in = out + 8,192 ✓ balance</pre>
 *
 * <p>Rates are those of about the last second. What does not fit is left out, the least important first. Thread: one.
 */
final class LiveLine {

    private static final int BAR_WIDTH = 12;
    private static final double RATE_WINDOW_NS = 1e9;

    /** What is always shown. */
    private static final int ALWAYS = 0;

    private final Glyphs glyphs;
    private final boolean live;
    private final Rate eventRate = new Rate();
    private final Rate byteRate = new Rate();

    /** A piece of the line; the one with the highest rank is left out first. */
    private record Piece(int rank, String text) {}

    /** Makes a line for a terminal if {@code live}: with a bar, and numbers that do not jump to and fro. */
    LiveLine(Glyphs glyphs, boolean live) {
        this.glyphs = glyphs;
        this.live = live;
    }

    /** The line at {@code sinceNs} after the start, of at most {@code columnsMax} characters. */
    String next(Reading reading, long sinceNs, int columnsMax) {
        eventRate.add(reading.events(), sinceNs);
        byteRate.add(reading.bytes(), sinceNs);
        List<Piece> pieces = pieces(reading);
        String line = line(pieces);
        while (line.length() > columnsMax && leaveOutOne(pieces)) {
            line = line(pieces);
        }
        return line.substring(0, Math.min(line.length(), columnsMax));
    }

    private List<Piece> pieces(Reading reading) {
        List<Piece> pieces = new ArrayList<>();
        boolean hasTotal = reading.total() > 0;
        double share = Math.min(1, (double) reading.done() / reading.total());
        if (hasTotal) {
            if (live) {
                pieces.add(new Piece(6, "  " + glyphs.bar(share, BAR_WIDTH)));
            }
            // A blank less than elsewhere: all but the bar then fits into 80 columns.
            pieces.add(new Piece(ALWAYS, ' ' + right((int) (100 * share) + " %", 5)));
        }
        pieces.add(new Piece(ALWAYS, "  " + right(Numbers.compact(reading.events()), 9) + ' ' + reading.unit()));
        pieces.add(new Piece(ALWAYS, "  " + right(Numbers.rate(eventRate.perSecond), 5) + "/s"));
        if (reading.bytes() >= 0) {
            pieces.add(new Piece(4, "  " + right(Numbers.bytes(reading.bytes()), 7)));
            pieces.add(new Piece(5, "  " + right(Numbers.bytes(Math.round(byteRate.perSecond)), 7) + "/s"));
        }
        if (hasTotal) {
            pieces.add(new Piece(1, "  ETA " + right(eta(reading), 4)));
        }
        pieces.add(new Piece(3, "  ring " + right(Math.round(100 * reading.ringShare()) + " %", 5)));
        pieces.add(new Piece(2, "  errors " + Numbers.percent(reading.errorRate())));
        pieces.add(new Piece(7, "  in = out + " + Numbers.count(reading.inFlight())));
        // A sum that does not add up is the last thing to be hidden.
        pieces.add(new Piece(
                reading.balanced() ? 2 : ALWAYS,
                (reading.balanced() ? ' ' + glyphs.right() : ' ' + glyphs.wrong()) + " balance"));
        return pieces;
    }

    private String eta(Reading reading) {
        double rate = reading.bytesTotal() > 0 ? byteRate.perSecond : eventRate.perSecond;
        long left = Math.max(0, reading.total() - reading.done());
        return rate < 1 ? "?" : Numbers.about(left / rate);
    }

    private static String line(List<Piece> pieces) {
        StringBuilder line = new StringBuilder();
        pieces.forEach(piece -> line.append(piece.text));
        return line.toString();
    }

    /** Takes the least important piece away; false if only such are left that are always shown. */
    private static boolean leaveOutOne(List<Piece> pieces) {
        int least = 0;
        for (int i = 1; i < pieces.size(); i++) {
            least = pieces.get(i).rank >= pieces.get(least).rank ? i : least;
        }
        if (pieces.get(least).rank == ALWAYS) {
            return false;
        }
        pieces.remove(least);
        return true;
    }

    private String right(String text, int width) {
        return live ? " ".repeat(Math.max(0, width - text.length())) + text : text;
    }

    /** A mean in which what is older than a second hardly counts. */
    private static final class Rate {
        private long lastCount;
        private long lastNs;
        private double perSecond;

        void add(long count, long sinceNs) {
            double ns = sinceNs - lastNs;
            if (ns <= 0) {
                return;
            }
            double now = Math.max(0, count - lastCount) * 1e9 / ns;
            // The first look has nothing before it to be weighed against.
            double weight = lastNs == 0 ? 1 : 1 - Math.exp(-ns / RATE_WINDOW_NS);
            perSecond += weight * (now - perSecond);
            lastCount = count;
            lastNs = sinceNs;
        }
    }
}
