package io.ringmain.perf.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.perf.chaos.Oracle.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the oracle sees in files that are not as they should be. */
class OracleTest {

    @TempDir
    private Path folder;

    private final Input input = new Input(Variant.PLAIN, 1);
    private final List<String> lines =
            new ArrayList<>(input.lines().stream().map(Input.Line::text).toList());
    private final List<String> totals = totals();

    private List<String> totals() {
        Map<String, List<Input.Line>> byKey = input.lines().stream()
                .filter(Input.Line::isKept)
                .collect(Collectors.groupingBy(Input.Line::key, LinkedHashMap::new, Collectors.toList()));
        List<String> rows = new ArrayList<>();
        byKey.forEach((key, kept) -> rows.add("{\"key\":\"" + key + "\",\"lines\":" + kept.size() + ",\"bytes\":"
                + kept.stream().mapToInt(Input.Line::size).sum() + '}'));
        return rows;
    }

    @BeforeEach
    void allIsThere() throws IOException {
        assertThat(compare()).isEqualTo(Findings.NONE);
    }

    private Findings compare() throws IOException {
        Files.write(folder.resolve("parsed.log"), lines);
        Files.write(folder.resolve("totals.jsonl"), totals);
        return new Oracle(input).compare(folder);
    }

    @Test
    void aMissingLineIsLost() throws IOException {
        String gone = lines.remove(777);

        assertThat(compare()).isEqualTo(new Findings(1, 0, 0, "parsed.log: missing: " + gone));
    }

    @Test
    void aLineThatComesAgainIsDoubled() throws IOException {
        lines.add(778, lines.get(777));

        assertThat(compare()).isEqualTo(new Findings(0, 1, 0, "parsed.log: again: " + lines.get(777)));
    }

    @Test
    void twoLinesThatChangedPlacesAreWrong() throws IOException {
        Collections.swap(lines, 100, 101);

        assertThat(compare()).isEqualTo(new Findings(0, 0, 1, "parsed.log: out of order: " + lines.get(101)));
    }

    @Test
    void aTornLineIsWrongAndWhatItWasIsLost() throws IOException {
        String whole = lines.get(5);
        lines.set(5, whole.substring(0, 3));

        Findings findings = compare();

        assertThat(findings.lost()).isEqualTo(1);
        assertThat(findings.wrong()).isEqualTo(1);
        assertThat(findings.first()).startsWith("parsed.log: not expected: n=5");
    }

    @Test
    void aTotalThatIsOffIsWrongAndTheRightOneMissing() throws IOException {
        totals.set(3, totals.get(3).replace("\"lines\":", "\"lines\":1"));

        assertThat(compare().lost()).isEqualTo(1);
        assertThat(compare().wrong()).isEqualTo(1);
    }

    @Test
    void noFilesAtAllAreEverythingLost() throws IOException {
        Findings findings = new Oracle(input).compare(folder.resolve("nowhere"));

        assertThat(findings.lost()).isEqualTo(lines.size() + totals.size());
    }
}
