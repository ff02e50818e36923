package io.ringmain.cli.pack;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as they are given to {@code pack}. */
public final class PackNumbers {

    private static final Pattern BYTES = Pattern.compile("(\\d{1,10})(B|kB|KB|K|KiB|MB|M|MiB|GB|G|GiB)?");

    private static final Map<String, Integer> UNITS = Map.of(
            "kB",
            1_000,
            "KB",
            1_000,
            "K",
            1 << 10,
            "KiB",
            1 << 10,
            "MB",
            1_000_000,
            "M",
            1 << 20,
            "MiB",
            1 << 20,
            "GB",
            1_000_000_000,
            "G",
            1 << 30);

    private PackNumbers() {}

    /** Returns a number of bytes from {@code min} to {@code max}; empty if {@code text} is none. */
    public static Optional<Integer> bytes(String text, int min, int max) {
        Matcher match = BYTES.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        String unit = match.group(2) == null ? "B" : match.group(2);
        long factor = unit.equals("GiB") ? 1L << 30 : UNITS.getOrDefault(unit, 1);
        long bytes = Long.parseLong(match.group(1)) * factor;
        return bytes < min || bytes > max ? Optional.empty() : Optional.of((int) bytes);
    }
}
