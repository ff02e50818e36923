package io.ringmain.logs.plan;

import java.util.List;
import java.util.stream.Collectors;

/** Says what is wrong with a plan that was made in Java, all of it, or why one cannot be built. */
public final class PlanException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** The problems; not for serial use. */
    private final transient List<Diagnostic> problems;

    PlanException(String name, List<Diagnostic> problems) {
        super("plan " + name + ": " + problems.stream().map(PlanException::line).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** One that a part refused when it was made. */
    PlanException(String name, RuntimeException refused) {
        this(name, List.of(new Diagnostic(null, "", String.valueOf(refused.getMessage()), "")));
        initCause(refused);
    }

    private static String line(Diagnostic problem) {
        return problem.summary() + (problem.hint().isEmpty() ? "" : "; " + problem.hint());
    }

    /** What is wrong. */
    public List<Diagnostic> problems() {
        return problems;
    }
}
