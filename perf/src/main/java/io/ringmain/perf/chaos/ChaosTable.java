package io.ringmain.perf.chaos;

import io.ringmain.perf.chaos.Experiment.Result;
import io.ringmain.perf.chaos.Oracle.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of all experiments, a row for those of one name. */
final class ChaosTable {

    private static final String ROW = "| %-26s | %-8s | %7s | %5s | %8s | %7s | %6s | %7s | %6s | %7s |%n";

    private final Map<String, List<Result>> rows = new LinkedHashMap<>();

    ChaosTable(List<Result> results) {
        for (Result result : results) {
            rows.computeIfAbsent(result.setup().name(), name -> new ArrayList<>())
                    .add(result);
        }
    }

    /** Whether nothing is lost, doubled or wrong, and each point was reached. */
    boolean isWell() {
        return rows.values().stream().allMatch(row -> row.stream().allMatch(Result::isWell) && !isNeverReached(row));
    }

    private static boolean isNeverReached(List<Result> row) {
        return row.get(0).setup().point() != null && reached(row) == 0;
    }

    private static int reached(List<Result> row) {
        return row.stream().mapToInt(Result::reached).sum();
    }

    void print() {
        System.out.printf(
                ROW, "what", "plan", "reached", "kills", "restarts", "went on", "lost", "doubled", "wrong", "seconds");
        System.out.printf(ROW, "---", "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        rows.forEach(ChaosTable::print);
        for (List<Result> row : rows.values()) {
            for (Result result : row) {
                if (!result.isWell()) {
                    System.out.println(result.setup().name() + ": " + problem(result));
                }
            }
            if (isNeverReached(row)) {
                System.out.println(row.get(0).setup().name() + ": NEVER REACHED");
            }
        }
        System.out.println(isWell() ? "nothing lost, nothing doubled" : "NOT WELL");
    }

    private static void print(String name, List<Result> row) {
        Findings findings = findings(row);
        System.out.printf(
                ROW,
                name,
                row.get(0).setup().variant().title(),
                row.get(0).setup().point() == null ? "" : Integer.toString(reached(row)),
                row.stream().mapToInt(Result::kills).sum(),
                restarts(row),
                wentOn(row),
                findings.lost(),
                findings.doubled(),
                findings.wrong(),
                String.format(Locale.ROOT, "%.1f", seconds(row)));
    }

    private static int restarts(List<Result> row) {
        return row.stream().mapToInt(result -> result.lives() - 1).sum();
    }

    private static long wentOn(List<Result> row) {
        return row.stream().filter(Result::wentOn).count();
    }

    private static double seconds(List<Result> row) {
        return row.stream().mapToDouble(Result::seconds).sum();
    }

    private static Findings findings(List<Result> row) {
        return row.stream().map(Result::findings).reduce(Findings.NONE, Findings::and);
    }

    /** What is wrong with {@code result}, in a line. */
    static String problem(Result result) {
        Findings findings = result.findings();
        String compared = findings.isEmpty()
                ? ""
                : findings.lost() + " lost, " + findings.doubled() + " doubled, " + findings.wrong() + " wrong; "
                        + findings.first() + "; ";
        return compared + result.problem();
    }

    /** All rows as JSON. */
    String json() {
        List<String> objects = new ArrayList<>();
        rows.forEach((name, row) -> {
            Findings findings = findings(row);
            objects.add(String.format(
                    Locale.ROOT,
                    "{\"what\":\"%s\",\"plan\":\"%s\",\"reached\":%d,\"kills\":%d,\"restarts\":%d,\"went_on\":%d,\"lost\":%d,\"doubled\":%d,"
                            + "\"wrong\":%d,\"seconds\":%.1f,\"well\":%b}",
                    name,
                    row.get(0).setup().variant().title(),
                    reached(row),
                    row.stream().mapToInt(Result::kills).sum(),
                    restarts(row),
                    wentOn(row),
                    findings.lost(),
                    findings.doubled(),
                    findings.wrong(),
                    seconds(row),
                    row.stream().allMatch(Result::isWell) && !isNeverReached(row)));
        });
        return "[\n" + String.join(",\n", objects) + "\n]\n";
    }
}
