package io.ringmain.logs.plan;

import io.ringmain.logs.Keys;
import io.ringmain.logs.file.Encoder;
import io.ringmain.logs.file.JsonLine;
import io.ringmain.logs.file.LineText;

/** How sinks write events. */
final class SinkFormat {

    static final String TEXT = "text";
    static final String JSON = "json";
    static final String TABLE = "table";

    private SinkFormat() {}

    /** The encoder of {@link #TEXT} or {@link #JSON}. */
    static Encoder encoder(String format, Keys keys) {
        return format.equals(JSON) ? new JsonLine(keys) : new LineText(keys);
    }
}
