package io.ringmain.logs.plan;

import java.util.List;
import java.util.stream.Collectors;

/** Says what is wrong with a plan that was made in Java: all of it. */
public final class PlanException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** The problems; not for serial use. */
    private final transient List<Diagnostic> problems;

    PlanException(String name, List<Diagnostic> problems) {
        super("plan " + name + ": " + problems.stream().map(PlanException::line).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    private static String line(Diagnostic problem) {
        return problem.summary() + (problem.hint().isEmpty() ? "" : "; " + problem.hint());
    }

    /** What is wrong. */
    public List<Diagnostic> problems() {
        return problems;
    }
}
