package io.ringmain.logs.parse;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Reasoned;
import java.io.Serial;
import java.util.EnumMap;
import java.util.Map;

/**
 * A line, or an event, that a stage could not deal with; the pipeline's {@code WhenFailed} decides what becomes of it.
 *
 * <p>There is one object per {@link ParseResult}, made in advance and without a stack trace: bad lines are data, they may come by the
 * million, and where in the code they were noticed tells nobody anything. So a rejection costs no allocation.
 */
public final class RejectedException extends Exception implements Reasoned {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Map<ParseResult, RejectedException> BY_RESULT = all();

    private final ParseResult result;

    private RejectedException(ParseResult result) {
        super(result.explanation(), null, false, false);
        this.result = result;
    }

    /** Returns the exception of {@code result}; always the same object. */
    public static RejectedException of(ParseResult result) {
        return requireNonNull(BY_RESULT.get(result), "result");
    }

    private static Map<ParseResult, RejectedException> all() {
        Map<ParseResult, RejectedException> all = new EnumMap<>(ParseResult.class);
        for (ParseResult result : ParseResult.values()) {
            all.put(result, new RejectedException(result));
        }
        return all;
    }

    @Override
    public String reason() {
        return result.code();
    }

    /** What the parser said. */
    public ParseResult result() {
        return result;
    }
}
