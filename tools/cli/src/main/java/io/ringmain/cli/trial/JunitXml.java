package io.ringmain.cli.trial;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Verdicts as JUnit writes them, for build servers. Thread: any. */
public final class JunitXml {

    private JunitXml() {}

    /** Returns the report of {@code verdicts} by the file of their cases. */
    public static String of(Map<String, List<Verdict>> verdicts) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        verdicts.forEach((file, ofFile) -> suite(xml, file, ofFile));
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(StringBuilder xml, String file, List<Verdict> verdicts) {
        long failed = verdicts.stream().filter(verdict -> !verdict.passed()).count();
        double seconds = verdicts.stream().mapToDouble(Verdict::seconds).sum();
        xml.append("  <testsuite name=\"")
                .append(escaped(file))
                .append("\" tests=\"")
                .append(verdicts.size());
        xml.append("\" failures=\"").append(failed).append("\" errors=\"0\" skipped=\"0\" time=\"");
        xml.append(time(seconds)).append("\">\n");
        for (Verdict verdict : verdicts) {
            xml.append("    <testcase classname=\"").append(escaped(file)).append("\" name=\"");
            xml.append(escaped(verdict.name())).append("\" time=\"").append(time(verdict.seconds()));
            if (verdict.passed()) {
                xml.append("\"/>\n");
            } else {
                failure(xml.append("\">\n"), verdict);
            }
        }
        xml.append("  </testsuite>\n");
    }

    private static void failure(StringBuilder xml, Verdict verdict) {
        xml.append("      <failure message=\"");
        xml.append(escaped(verdict.differences().get(0).text())).append("\">");
        verdict.differences()
                .forEach(difference -> xml.append(escaped(difference.mark().place()))
                        .append(": ")
                        .append(escaped(difference.text()))
                        .append('\n'));
        xml.append("</failure>\n    </testcase>\n");
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                // Other control characters cannot be written in XML at all.
                default -> escaped.appendCodePoint(Character.isISOControl(character) ? '?' : character);
            }
        });
        return escaped.toString();
    }
}
