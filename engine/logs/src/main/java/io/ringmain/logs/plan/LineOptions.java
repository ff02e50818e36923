package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.LineSettings;

/** The option that all sources of lines have. */
final class LineOptions {

    static final OptionSpec LINE_BYTES_MAX = OptionSpec.of(
                    "line_bytes_max",
                    OptionType.SIZE,
                    "64KiB",
                    "The longest line; of a longer one the first 64 KiB are kept, and the event fails as line_too_long.")
            .defaulting(Amount.text(OptionType.SIZE, LineSettings.LINE_BYTES_MAX_DEFAULT))
            .between(1, LogEvent.LINE_BYTES_MAX);

    private LineOptions() {}

    /** What {@code part} says, with its part of what the lines of {@code plan} may take. */
    static LineSettings settings(Part part, Plan plan) {
        return LineSettings.of(part.options().path())
                .withLineBytesMax((int) part.options().number(LINE_BYTES_MAX))
                .withPoolSharedBy(plan.sources().size());
    }
}
