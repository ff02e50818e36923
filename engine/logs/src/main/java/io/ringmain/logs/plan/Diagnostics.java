package io.ringmain.logs.plan;

import java.util.List;
import java.util.stream.Collectors;

/** Diagnostics as compilers show them: what, where, the line with the place underlined, and what to do. */
public final class Diagnostics {

    private static final int GUTTER = 6;

    private Diagnostics() {}

    /** Returns {@code problems} as text in several lines, each one apart from the next by an empty line. */
    public static String render(List<Diagnostic> problems) {
        return problems.stream().map(Diagnostics::render).collect(Collectors.joining("\n"));
    }

    /** Returns {@code problem} as text, with a line end at the end. */
    public static String render(Diagnostic problem) {
        StringBuilder text =
                new StringBuilder("error: ").append(problem.summary()).append('\n');
        Mark mark = problem.mark();
        if (mark != null) {
            String number = Integer.toString(mark.line());
            text.append("  --> ").append(mark.place()).append('\n');
            text.append(" ".repeat(Math.max(0, GUTTER - number.length()))).append(number);
            text.append(" | ").append(shown(mark.text())).append('\n');
            text.append(" ".repeat(GUTTER)).append(" | ").append(indent(mark)).append("^".repeat(mark.length()));
            text.append(problem.hint().isEmpty() ? "" : " ")
                    .append(problem.hint())
                    .append('\n');
        } else if (!problem.hint().isEmpty()) {
            text.append(" ".repeat(GUTTER)).append(" = ").append(problem.hint()).append('\n');
        }
        return text.toString();
    }

    /** The line without what would change a terminal. */
    private static String shown(String line) {
        return line.codePoints()
                .map(character -> Character.isISOControl(character) && character != '\t' ? '\uFFFD' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** As wide as what stands before the mark; tabs stay tabs, so that the caret stands below its character. */
    private static String indent(Mark mark) {
        return mark.text()
                .codePoints()
                .limit(mark.column() - 1L)
                .mapToObj(character -> character == '\t' ? "\t" : " ")
                .collect(Collectors.joining());
    }
}
