package io.ringmain.perf.chaos;

import io.ringmain.perf.chaos.Input.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What must stand in the files at the end, worked out from the lines alone, and what does. */
final class Oracle {

    private final Input input;

    Oracle(Input input) {
        this.input = input;
    }

    /**
     * How the files differ from what they should be.
     *
     * @param lost lines and totals that are missing
     * @param doubled lines and totals that stand there once too often
     * @param wrong lines and totals that nobody has written, lines that stand in the wrong order, and files with other bytes than they should have
     * @param first the first difference, for people; empty if there is none
     */
    record Findings(long lost, long doubled, long wrong, String first) {

        static final Findings NONE = new Findings(0, 0, 0, "");

        boolean isEmpty() {
            return lost == 0 && doubled == 0 && wrong == 0;
        }

        Findings and(Findings other) {
            return new Findings(
                    lost + other.lost,
                    doubled + other.doubled,
                    wrong + other.wrong,
                    first.isEmpty() ? other.first : first);
        }
    }

    /** Compares all files in {@code folder}. */
    Findings compare(Path folder) throws IOException {
        Findings all = input.variant().hasTotals() ? totals(folder.resolve("totals.jsonl")) : Findings.NONE;
        for (Variant.Output output : input.variant().outputs()) {
            all = all.and(lines(folder.resolve(output.file()), output.wanted()));
        }
        return input.variant().keepsLetters()
                ? all.and(new LetterOracle(input).compare(folder.resolve("letters")))
                : all;
    }

    /** How many bytes the files of lines will have. */
    long bytes() {
        long bytes = 0;
        for (Variant.Output output : input.variant().outputs()) {
            for (Line line : input.lines()) {
                bytes += output.wanted().test(line) ? Input.bytes(line).length : 0;
            }
        }
        return bytes;
    }

    private Findings lines(Path file, Predicate<Line> wanted) throws IOException {
        byte[] found = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        boolean sameBytesExpected = !input.variant().isMixed()
                && input.variant().keepsOrder()
                && !input.variant().triesAgain();
        if (sameBytesExpected && Arrays.equals(found, expected(wanted))) {
            return Findings.NONE;
        }
        Findings differences = new Counted(file, wanted).count(found);
        return differences.isEmpty() && sameBytesExpected
                ? new Findings(0, 0, 1, file.getFileName() + ": other bytes than expected")
                : differences;
    }

    private byte[] expected(Predicate<Line> wanted) {
        var text = new StringBuilder();
        for (Line line : input.lines()) {
            if (wanted.test(line)) {
                text.append(line.text()).append('\n');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> split(byte[] found) {
        return new String(found, StandardCharsets.UTF_8).lines().toList();
    }

    private Findings totals(Path file) throws IOException {
        List<String> missing = new ArrayList<>(totals());
        List<String> seen = new ArrayList<>();
        long doubled = 0;
        long wrong = 0;
        String first = "";
        for (String row : split(Files.exists(file) ? Files.readAllBytes(file) : new byte[0])) {
            if (missing.remove(row)) {
                seen.add(row);
                continue;
            }
            doubled += seen.contains(row) ? 1 : 0;
            wrong += seen.contains(row) ? 0 : 1;
            first = first.isEmpty() ? file.getFileName() + ": not expected: " + row : first;
        }
        if (!missing.isEmpty() && first.isEmpty()) {
            first = file.getFileName() + ": missing: " + missing.get(0);
        }
        return new Findings(missing.size(), doubled, wrong, first);
    }

    private List<String> totals() {
        if (input.variant() == Variant.WINDOWS) {
            return new WindowTotals(input.lines()).rows();
        }
        Map<String, long[]> byKey = new LinkedHashMap<>();
        for (Line line : input.lines()) {
            if (line.isKept()) {
                long[] sums = byKey.computeIfAbsent(line.key(), key -> new long[2]);
                sums[0]++;
                sums[1] += line.size();
            }
        }
        List<String> rows = new ArrayList<>();
        byKey.forEach((key, sums) ->
                rows.add("{\"key\":\"" + key + "\",\"lines\":" + sums[0] + ",\"bytes\":" + sums[1] + '}'));
        return rows;
    }

    /** Goes through one file line by line. */
    private final class Counted {

        private final String name;
        private final Predicate<Line> wanted;
        private final int[] times = new int[input.lines().size()];
        private final int[] lastOfFile = new int[input.variant().files()];
        private long doubled;
        private long wrong;
        private String first = "";

        Counted(Path file, Predicate<Line> wanted) {
            name = String.valueOf(file.getFileName());
            this.wanted = wanted;
            Arrays.fill(lastOfFile, -1);
        }

        Findings count(byte[] found) {
            for (String text : split(found)) {
                look(text);
            }
            long lost = 0;
            for (Line line : input.lines()) {
                if (wanted.test(line) && times[line.number()] == 0) {
                    lost++;
                    note("missing", line.text());
                }
            }
            return new Findings(lost, doubled, wrong, first);
        }

        private void look(String text) {
            int number = number(text);
            Line line =
                    number < 0 || number >= times.length ? null : input.lines().get(number);
            if (line == null || !line.text().equals(text) || !wanted.test(line)) {
                wrong++;
                note("not expected", text);
                return;
            }
            times[number]++;
            if (input.variant().triesAgain() && line.isBad()) {
                // At least once: who must have it once goes by the number of its letter, of which there is one at the
                // end.
                return;
            }
            if (times[number] > 1) {
                doubled++;
                note("again", text);
            } else if (input.variant().keepsOrder() && number < lastOfFile[line.file()]) {
                wrong++;
                note("out of order", text);
            }
            lastOfFile[line.file()] = Math.max(lastOfFile[line.file()], number);
        }

        private void note(String what, String text) {
            first = first.isEmpty() ? name + ": " + what + ": " + text : first;
        }

        private static int number(String text) {
            int space = text.indexOf(' ');
            if (!text.startsWith("n=") || space < 0) {
                return -1;
            }
            try {
                return Integer.parseInt(text, 2, space, 10);
            } catch (NumberFormatException torn) {
                return -1;
            }
        }
    }
}
