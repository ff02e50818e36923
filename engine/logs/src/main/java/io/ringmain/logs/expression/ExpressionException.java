package io.ringmain.logs.expression;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with the text of an expression, all of it. Thrown while a pipeline is built, never while it runs. */
public final class ExpressionException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    ExpressionException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** The mistakes in the order of their places; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
