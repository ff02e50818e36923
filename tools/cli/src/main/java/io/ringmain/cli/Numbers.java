package io.ringmain.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; the same everywhere, whatever the locale. */
final class Numbers {

    private Numbers() {}

    /** {@code 2,000,000}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 line}, {@code 2 lines}, for a word whose plural has an s. */
    static String counted(long count, String word) {
        return count(count) + ' ' + word + (count == 1 ? "" : "s");
    }

    /** As {@link #count}, but {@code 27.0M} from ten million on, so that a table keeps its width; the balance has all digits. */
    static String compact(long count) {
        return count < 10_000_000 ? count(count) : String.format(Locale.ROOT, "%,.1fM", count / 1e6);
    }

    /** {@code 1.05M}, {@code 87.3k}, {@code 412}. */
    static String rate(double perSecond) {
        if (perSecond >= 1e6) {
            return threeDigits(perSecond / 1e6) + "M";
        }
        return perSecond >= 1e4 ? threeDigits(perSecond / 1e3) + "k" : count(Math.round(perSecond));
    }

    /** {@code 1.05 GB}, {@code 87.3 kB}, {@code 412 B}; a kilobyte has a thousand. */
    static String bytes(long bytes) {
        if (bytes < 1e3) {
            return bytes + " B";
        }
        if (bytes < 1e6) {
            return threeDigits(bytes / 1e3) + " kB";
        }
        return bytes < 1e9 ? threeDigits(bytes / 1e6) + " MB" : threeDigits(bytes / 1e9) + " GB";
    }

    /** A time that is only estimated: {@code 12 s}, {@code 7 min}, {@code 3 h}. */
    static String about(double seconds) {
        if (seconds < 120) {
            return (long) Math.ceil(seconds) + " s";
        }
        return seconds < 7200 ? Math.round(seconds / 60) + " min" : Math.round(seconds / 3600) + " h";
    }

    /** Nanoseconds as microseconds with three digits: {@code 0.08}, {@code 12.3}, {@code 1,822}. */
    static String micros(long ns) {
        return threeDigits(ns / 1e3);
    }

    /** {@code 1.93 s}. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }

    /** {@code 66.7 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String threeDigits(double value) {
        if (value < 9.995) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
        return value < 99.95 ? String.format(Locale.ROOT, "%.1f", value) : count(Math.round(value));
    }
}
