package io.ringmain.logs.plan;

import java.util.List;
import java.util.stream.Collectors;

/** Diagnostics as compilers show them: what, where, the line with the place underlined, and what to do. */
public final class Diagnostics {

    /** How wide text is for what does not say how wide it is: {@value}. */
    public static final int COLUMNS_DEFAULT = 80;

    private static final int GUTTER = 6;

    private Diagnostics() {}

    /** Returns {@code problems} as {@link #render(List, int)}, for {@value #COLUMNS_DEFAULT} columns. */
    public static String render(List<Diagnostic> problems) {
        return render(problems, COLUMNS_DEFAULT);
    }

    /**
     * Returns {@code problems} as text in several lines, each one apart from the next by an empty line, with a line end at the end.
     *
     * @param columns how wide a line with a hint may be; what is wrong stays in one line, to be found by programs
     */
    public static String render(List<Diagnostic> problems, int columns) {
        return problems.stream().map(problem -> render(problem, columns)).collect(Collectors.joining("\n"));
    }

    private static String render(Diagnostic problem, int columns) {
        StringBuilder text =
                new StringBuilder("error: ").append(problem.summary()).append('\n');
        Mark mark = problem.mark();
        if (mark == null) {
            hint(problem.hint(), columns, text);
            return text.toString();
        }
        String number = Integer.toString(mark.line());
        text.append("  --> ").append(mark.place()).append('\n');
        text.append(" ".repeat(Math.max(0, GUTTER - number.length()))).append(number);
        text.append(" | ").append(shown(mark.text())).append('\n');
        String carets = " ".repeat(GUTTER) + " | " + indent(mark) + "^".repeat(mark.length());
        text.append(carets);
        if (carets.length() + 1 + problem.hint().length() <= columns) {
            text.append(problem.hint().isEmpty() ? "" : " ")
                    .append(problem.hint())
                    .append('\n');
        } else {
            hint(problem.hint(), columns, text.append('\n'));
        }
        return text.toString();
    }

    /** Adds a hint in lines of its own. */
    private static void hint(String hint, int columns, StringBuilder text) {
        String begin = " ".repeat(GUTTER) + " = ";
        if (!hint.isEmpty()) {
            String lines =
                    String.join("\n" + " ".repeat(begin.length()), Wrapped.lines(hint, columns - begin.length()));
            text.append(begin).append(lines).append('\n');
        }
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
