package io.ringmain.perf.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of a measurement: {@code --name value}, all with defaults; one that is not known is refused by name. */
public final class Options {

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads {@code args} from {@code first} on.
     *
     * @param defaults names and default values as pairs: the options that are known
     * @throws IllegalArgumentException if an option is unknown or lacks its value
     */
    public static Options parse(String[] args, int first, String... defaults) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < defaults.length; i += 2) {
            values.put(defaults[i], defaults[i + 1]);
        }
        for (int i = first; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException(
                        args[i] + ": unknown (expected: --" + String.join(", --", values.keySet()) + ')');
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(
                        args[i] + ": no value (expected: one, such as " + values.get(name) + ')');
            }
            values.put(name, args[i + 1]);
        }
        return new Options(values);
    }

    /** The text of option {@code name}. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("--" + name + ": not declared");
        }
        return value;
    }

    /** The number of option {@code name}, which may have decimals and is not negative. */
    public double decimal(String name) {
        String text = text(name);
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + ": " + text + " (expected: a number)", e);
        }
        if (!(number >= 0)) {
            throw new IllegalArgumentException("--" + name + ": " + text + " (expected: >= 0)");
        }
        return number;
    }

    /** The number of option {@code name}, at least {@code least}; underscores may group its digits. */
    public long number(String name, long least) {
        return number(name, text(name), least);
    }

    /** The numbers of option {@code name}, which commas part; as {@link #number(String, long)}. */
    public List<Long> numbers(String name, long least) {
        return Arrays.stream(text(name).split(",", -1))
                .map(text -> number(name, text, least))
                .toList();
    }

    /**
     * The file of option {@code name}, which can be written: that is tried now, not after an hour. Empty if none is wanted.
     *
     * @throws IllegalArgumentException if it cannot
     */
    public Optional<Path> file(String name) {
        if (text(name).isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(text(name));
        try {
            Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--" + name + ": " + file + ": cannot be written (expected: a file in a directory that is there): "
                            + e.getClass().getSimpleName(),
                    e);
        }
        return Optional.of(file);
    }

    private static long number(String name, String text, long least) {
        long number;
        try {
            number = Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + ": " + text + " (expected: a number)", e);
        }
        if (number < least) {
            throw new IllegalArgumentException("--" + name + ": " + text + " (expected: >= " + least + ')');
        }
        return number;
    }
}
