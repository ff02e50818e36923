package io.ringmain.perf.nab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The series of a directory that {@code combined_windows.json} in it names: those that are there, by name. */
final class Corpus {

    private static final String WINDOWS = "combined_windows.json";
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private Corpus() {}

    /** Reads the corpus; all of it lies in memory. */
    static List<Series> read(Path directory) throws IOException {
        Path windows = directory.resolve(WINDOWS);
        if (!Files.isRegularFile(windows)) {
            throw new IllegalArgumentException(
                    "nab: " + directory + " (expected: a directory with " + WINDOWS + " and the series that it names)");
        }
        List<Series> corpus = new ArrayList<>();
        for (Map.Entry<String, List<String>> entry :
                times(Files.readString(windows)).entrySet()) {
            Path file = directory.resolve(entry.getKey());
            if (Files.isRegularFile(file)) {
                corpus.add(Series.read(file, entry.getKey(), entry.getValue()));
            }
        }
        if (corpus.isEmpty()) {
            throw new IllegalArgumentException("nab: " + directory + ": none of the series that " + WINDOWS + " names");
        }
        return corpus;
    }

    /** A random half of the series, by name, or the other one. */
    static List<Series> half(List<Series> corpus, long seed, boolean first) {
        List<Series> shuffled = new ArrayList<>(corpus);
        Collections.shuffle(shuffled, new Random(seed));
        int middle = shuffled.size() / 2;
        return first ? shuffled.subList(0, middle) : shuffled.subList(middle, shuffled.size());
    }

    /** Start and end of the windows of each file, one behind the other: the file has names and times and nothing else in quotes. */
    private static Map<String, List<String>> times(String json) {
        Map<String, List<String>> times = new TreeMap<>();
        List<String> current = List.of();
        Matcher quoted = QUOTED.matcher(json);
        while (quoted.find()) {
            String text = quoted.group(1);
            if (text.endsWith(".csv")) {
                current = new ArrayList<>();
                times.put(text, current);
            } else {
                current.add(text);
            }
        }
        return times;
    }
}
