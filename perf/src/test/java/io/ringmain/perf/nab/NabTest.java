package io.ringmain.perf.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ringmain.perf.kit.Bar;
import io.ringmain.window.SeriesDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command, on two series made here and on the real ones. */
@Timeout(60)
class NabTest {

    @TempDir
    private Path folder;

    @Test
    void theCommandPrintsTheScoresOfAllThreeAndWhetherTheBarWasKept() throws IOException {
        write("a.csv", 500);
        write("b.csv", 400);
        Files.writeString(folder.resolve("combined_windows.json"), """
                {"a.csv": [["2020-01-01 05:00:00.000000", "2020-01-01 05:30:00.000000"]], "b.csv": [], "gone.csv": []}
                """);

        String output = run("nab", folder.toString(), "--series", "yes");

        assertThat(output)
                .contains("corpus: 2 series, 900 values, 1 windows", "\nringmain ", "\nwindowed Gaussian ")
                .contains("\nrelative entropy ", "    a.csv ")
                .containsIgnoringCase("bar ");
    }

    @Test
    void aWindowThatBeginsAtNoRowIsAnError() throws IOException {
        write("a.csv", 10);
        Files.writeString(
                folder.resolve("combined_windows.json"),
                "{\"a.csv\": [[\"2021-01-01 05:00:00.000000\", \"2021-01-01 05:30:00.000000\"]]}");

        assertThatThrownBy(() -> Corpus.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.csv: no row at a limit of its windows");
    }

    /** The sums are those of {@code results/}{detector}{@code /}{detector}{@code _standard_scores.csv} of numenta/NAB at ea702d7, over the series that are here, with the thresholds given there. */
    @Test
    @Tag("data")
    void theBaselinesScoreWhatIsPublishedForTheSameSeries() throws IOException {
        List<Series> corpus = corpus();

        Scoring entropy = scoring(corpus, RelativeEntropy::new);
        Scoring gaussian = scoring(corpus, series -> new WindowedGaussian());

        assertThat(entropy.at(0.5).sum()).isEqualTo(7.12719, within(1e-4));
        // Their scores were written with twelve digits, so that 1.0 is what rounds to it.
        assertThat(gaussian.at(1 - 5e-13).sum()).isEqualTo(-15.1504, within(1e-4));
    }

    @Test
    @Tag("data")
    void theDetectorIsTenPointsAboveBothBaselines() throws IOException {
        List<Series> corpus = corpus();

        double ours =
                scoring(corpus, series -> new SeriesDetector()::score).best().normalised();

        assertThat(ours)
                .isGreaterThan(scoring(corpus, RelativeEntropy::new).best().normalised() + Nab.BAR)
                .isGreaterThan(
                        scoring(corpus, series -> new WindowedGaussian()).best().normalised() + Nab.BAR);
    }

    private static List<Series> corpus() throws IOException {
        return Corpus.read(Path.of(System.getProperty("ringmain.data"), "nab"));
    }

    private static Scoring scoring(List<Series> corpus, Function<Series, Detector> detector) {
        List<double[]> scores = new ArrayList<>();
        for (Series series : corpus) {
            scores.add(series.scores(detector.apply(series)));
        }
        return new Scoring(corpus, scores);
    }

    /** A value a minute, 10 and 11 in turn, and 90 from 05:10 to 05:20. */
    private void write(String name, int rows) throws IOException {
        var lines = new StringBuilder("timestamp,value\n");
        for (int row = 0; row < rows; row++) {
            double value = row >= 310 && row < 320 ? 90 : 10 + row % 2;
            lines.append(String.format("2020-01-01 %02d:%02d:00,%s%n", row / 60, row % 60, value));
        }
        Files.writeString(folder.resolve(name), lines);
    }

    private static String run(String... args) throws IOException {
        var captured = new ByteArrayOutputStream();
        PrintStream standard = System.out;
        int exit;
        try (var out = new PrintStream(captured, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            exit = Nab.run(args);
        } finally {
            System.setOut(standard);
        }
        assertThat(exit).isIn(Bar.KEPT, Bar.MISSED);
        return captured.toString(StandardCharsets.UTF_8);
    }
}
