package io.ringmain.logs.file;

import java.io.IOException;
import java.io.Serial;
import java.util.List;

/** What is wrong with the paths of a source, all of it at once: found before anything is read. */
public final class InputException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    // A list that is serializable, as List.copyOf makes it.
    @SuppressWarnings("serial")
    private final List<String> problems;

    /** Says what is wrong, one sentence each. */
    public InputException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each problem; the message has them all, a line each. */
    public List<String> problems() {
        return problems;
    }
}
