package io.ringmain.logs.parse;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Transform;

/**
 * The stage that parses: a line that the parser does not take fails with the {@link RejectedException} of its result. So does one that was
 * cut, see {@link CheckLine}: it is no line of its format, even where it looks like one.
 *
 * <p>Thread: as its parser. Never allocates.
 */
public final class Parse implements Transform<LogEvent> {

    private final LineParser parser;

    /** Makes a stage of {@code parser}. */
    public Parse(LineParser parser) {
        this.parser = requireNonNull(parser, "parser");
    }

    @Override
    public void apply(LogEvent event) throws RejectedException {
        ParseResult result = event.bytesCut() > 0 ? ParseResult.LINE_TOO_LONG : parser.parse(event);
        if (result != ParseResult.PARSED) {
            throw RejectedException.of(result);
        }
    }
}
