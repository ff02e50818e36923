package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Transform;

/**
 * The enricher that gives a field another name, in its place; a field that had that name is removed. An event that lacks the first stays as
 * it is. Where one of the two is the level or the time, it is a {@link CopyField} and then a {@link RemoveField}.
 *
 * <p>Thread: any; one lane each. Never allocates. Fails as {@link CopyField}.
 */
public final class RenameField implements Transform<LogEvent> {

    private final int from;
    private final int to;
    private final CopyField copy;

    /**
     * Makes an enricher that renames {@code from} to {@code to}, numbers of the pipeline's {@link Keys}.
     *
     * @throws IllegalArgumentException if one of the two is the line, or both are the same
     */
    public RenameField(int from, int to) {
        this.from = Assignment.checkTarget("rename", from);
        this.to = Assignment.checkTarget("rename", to);
        if (from == to) {
            throw new IllegalArgumentException("rename: a field to its own name (expected: another one)");
        }
        copy = new CopyField(from, to);
    }

    @Override
    public void apply(LogEvent event) throws RejectedException {
        if (from >= 0 && to >= 0) {
            event.fields().rename(from, to);
        } else {
            copy.apply(event);
            Assignment.remove(event, from);
        }
    }
}
