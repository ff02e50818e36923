package io.ringmain.perf.nab;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.window.SeriesDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Question: does the detector of series find what is wrong, without too many false alarms, better than two known ones? Bar: by the rules of the Numenta Anomaly Benchmark (standard
 * profile), at least {@value #BAR} points above both.
 *
 * <p>Machine-independent: the scores are the same everywhere. The corpus is what lies in the directory, so they can be set beside published ones only if that is all of it.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar nab DIRECTORY [--seed 1] [--series yes|no]}
 */
public final class Nab {

    /** So many points above the better one of the others. */
    public static final double BAR = 10;

    private final List<Series> corpus;
    private final List<Series> first;
    private final List<Series> second;

    private Nab(List<Series> corpus, long seed) {
        this.corpus = corpus;
        first = Corpus.half(corpus, seed, true);
        second = Corpus.half(corpus, seed, false);
    }

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) throws IOException {
        if (args.length < 2 || args[1].startsWith("--")) {
            throw new IllegalArgumentException("nab: no directory (expected: one with combined_windows.json)");
        }
        Options options = Options.parse(args, 2, "seed", "1", "series", "no");
        boolean isEach = options.text("series").equals("yes");
        Machine.describe(
                "Does the detector of series find more than a windowed Gaussian and relative entropy? Bar: " + BAR
                        + " points above both",
                String.join(" ", args));
        var nab = new Nab(Corpus.read(Path.of(args[1])), options.number("seed", 0));
        System.out.printf(
                Locale.ROOT,
                "corpus: %d series, %,d values, %d windows; halves by seed %s%n",
                nab.corpus.size(),
                nab.corpus.stream().mapToInt(Series::rows).sum(),
                nab.corpus.stream().mapToInt(Series::windows).sum(),
                options.text("seed"));
        System.out.println(
                "                     score  threshold  windows found  false alarms  half 1  half 2  ns/value");
        double ours = nab.measure("ringmain", series -> new SeriesDetector()::score, isEach);
        double gaussian = nab.measure("windowed Gaussian", series -> new WindowedGaussian(), isEach);
        double entropy = nab.measure("relative entropy", RelativeEntropy::new, isEach);
        System.out.printf(
                Locale.ROOT,
                "%.1f points above the windowed Gaussian, %.1f above relative entropy%n",
                ours - gaussian,
                ours - entropy);
        return Bar.report(ours - Math.max(gaussian, entropy) >= BAR);
    }

    private double measure(String name, Function<Series, Detector> detector, boolean isEach) {
        long sinceNs = System.nanoTime();
        List<double[]> scores = new ArrayList<>();
        int values = 0;
        for (Series series : corpus) {
            scores.add(series.scores(detector.apply(series)));
            values += series.rows();
        }
        double tookNs = System.nanoTime() - sinceNs;
        Scoring.Result result = new Scoring(corpus, scores).best();
        System.out.printf(
                Locale.ROOT,
                "%-18s  %6.1f  %9.4f  %7d of %-3d  %12d  %6.1f  %6.1f  %8.0f%n",
                name,
                result.normalised(),
                result.threshold(),
                result.found(),
                result.windows(),
                result.falseAlarms(),
                part(first, scores, result.threshold()),
                part(second, scores, result.threshold()),
                tookNs / values);
        if (isEach) {
            printEach(scores, result.threshold());
        }
        return result.normalised();
    }

    /** The score of some series with the threshold of all. */
    private double part(List<Series> part, List<double[]> scores, double threshold) {
        List<double[]> own = new ArrayList<>();
        for (Series series : part) {
            own.add(scores.get(corpus.indexOf(series)));
        }
        return new Scoring(part, own).at(threshold).normalised();
    }

    private void printEach(List<double[]> scores, double threshold) {
        for (int i = 0; i < corpus.size(); i++) {
            Series series = corpus.get(i);
            Scoring.Result result = new Scoring(List.of(series), List.of(scores.get(i))).at(threshold);
            System.out.printf(
                    Locale.ROOT,
                    "    %-60s %6.2f  found %d of %d, false alarms %d%n",
                    series.name(),
                    result.sum(),
                    result.found(),
                    result.windows(),
                    result.falseAlarms());
        }
    }
}
