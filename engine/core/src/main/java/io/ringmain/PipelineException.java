package io.ringmain;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pipeline cannot be built or started as it was described. */
public final class PipelineException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    PipelineException(String pipeline, List<String> problems, @Nullable Throwable cause) {
        super("pipeline " + pipeline + ":\n  " + String.join("\n  ", problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, one sentence each; at least one. */
    public List<String> problems() {
        return problems;
    }
}
