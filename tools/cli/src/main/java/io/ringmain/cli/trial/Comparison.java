package io.ringmain.cli.trial;

import io.ringmain.Accounts;
import io.ringmain.Report;
import io.ringmain.cli.rows.Row;
import io.ringmain.cli.trial.Verdict.Difference;
import io.ringmain.logs.plan.Mark;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what came with what was expected; fields that are not named are not looked at. */
final class Comparison {

    /** More only hide the first ones. */
    private static final int DIFFERENCES_MAX = 10;

    private final Mark whole;
    private final List<Difference> differences = new ArrayList<>();
    private int more;

    Comparison(Mark whole) {
        this.whole = whole;
    }

    List<Difference> differences() {
        List<Difference> all = new ArrayList<>(differences);
        if (more > 0) {
            all.add(new Difference(whole, "and " + more + " more differences"));
        }
        return all;
    }

    private void differ(Mark mark, String path, String found, String expected) {
        if (differences.size() == DIFFERENCES_MAX) {
            more++;
        } else {
            differences.add(new Difference(mark, path + ": " + found + " (expected: " + expected + ')'));
        }
    }

    void failure(boolean expected, Report report) {
        if (report.failed() && !expected) {
            String why = report.failures().isEmpty()
                    ? "no reason known"
                    : report.failures().get(0).where() + ": "
                            + report.failures().get(0).message();
            differ(whole, "failed", "stopped by a failure, " + why, "an end in order");
        } else if (!report.failed() && expected) {
            differ(whole, "failed", "an end in order", "stopped by a failure");
        }
    }

    void accounts(Map<String, Tree.Text> expected, Accounts accounts) {
        expected.forEach((name, text) -> {
            long found = AccountNames.read(accounts, name);
            if (found != Long.parseLong(text.text())) {
                differ(text.mark(), "accounts." + name, Long.toString(found), text.text());
            }
        });
    }

    /** Compares rows; where a text is expected, it is compared with the line. */
    void rows(String path, Tree.Items expected, List<Row> found) {
        count(path, expected, found.stream().map(Comparison::describe).toList());
        for (int i = 0; i < Math.min(expected.items().size(), found.size()); i++) {
            Row row = found.get(i);
            String at = path + '[' + i + ']';
            if (expected.items().get(i) instanceof Tree.Text text) {
                if (!text.text().equals(row.line())) {
                    differ(text.mark(), at, describe(row), text.text());
                }
            } else {
                fields(at, expected.items().get(i), row.fields());
            }
        }
    }

    private static String describe(Row row) {
        return row.line().isEmpty() ? row.fields().toString() : row.line();
    }

    void results(String path, Tree.Items expected, List<Map<String, Object>> found) {
        count(path, expected, found.stream().map(Map::toString).toList());
        for (int i = 0; i < Math.min(expected.items().size(), found.size()); i++) {
            fields(path + '[' + i + ']', expected.items().get(i), found.get(i));
        }
    }

    void letters(Tree.Items expected, List<Map<String, Object>> found) {
        results("dead_letters", expected, found);
    }

    private void count(String path, Tree.Items expected, List<String> found) {
        int count = expected.items().size();
        if (found.size() > count) {
            differ(
                    expected.mark(),
                    path,
                    found.size() + ", of which the first too many is " + found.get(count),
                    count + "");
        } else if (found.size() < count) {
            Tree missing = expected.items().get(found.size());
            differ(missing.mark(), path, found.size() + ", the next one is missing", count + "");
        }
    }

    private void fields(String path, Tree expected, Map<String, Object> found) {
        if (!(expected instanceof Tree.Names names)) {
            differ(expected.mark(), path, found.toString(), expected.describe());
            return;
        }
        for (Tree.Entry entry : names.entries()) {
            Object value = found.get(entry.name());
            if (!(entry.value() instanceof Tree.Text text) || !same(text, value)) {
                String shown = value == null ? "no such field" : value.toString();
                differ(
                        entry.value().mark(),
                        path + '.' + entry.name(),
                        shown,
                        entry.value().describe());
            }
        }
    }

    /** Numbers are compared by value: 200 is 200.0. */
    private static boolean same(Tree.Text expected, @Nullable Object found) {
        if (found == null || expected.isNothing()) {
            return found == null && expected.isNothing();
        }
        if (found instanceof Long || found instanceof Double) {
            try {
                return new BigDecimal(found.toString()).compareTo(new BigDecimal(expected.text())) == 0;
            } catch (NumberFormatException notBoth) {
                return false;
            }
        }
        return expected.text().equals(found.toString());
    }
}
