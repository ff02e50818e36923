package io.ringmain.logs.plan;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says of each event of a source which one it is, in fields. Stands before a source where there are several, or the plan names one of
 * the fields. A field of that name in the input replaces it, as any field that is parsed does.
 *
 * <p>Thread: the intake lane's. Never allocates: both texts are the same for all events.
 */
final class OriginSource implements Source<LogEvent>, Intake<LogEvent>, Stateful {

    private final Source<LogEvent> source;
    private final int nameKey;
    private final int typeKey;
    private final Text name;
    private final Text type;
    private @Nullable Intake<LogEvent> intake;

    /** Makes {@code source} say that it has this name and type. */
    OriginSource(String name, String type, Source<LogEvent> source, Keys keys) {
        this.source = source;
        nameKey = keys.id(Keys.SOURCE_NAME);
        typeKey = keys.id(Keys.SOURCE_TYPE);
        this.name = Text.of(name);
        this.type = Text.of(type);
    }

    @Override
    public Status fill(Intake<LogEvent> given, int max) throws Exception {
        intake = given;
        try {
            return source.fill(this, max);
        } finally {
            intake = null;
        }
    }

    private Intake<LogEvent> given() {
        Intake<LogEvent> given = intake;
        if (given == null) {
            throw new IllegalStateException("intake: used outside fill (expected: during fill)");
        }
        return given;
    }

    @Override
    public LogEvent claim(long position) {
        LogEvent event = given().claim(position);
        event.fields().putText(nameKey, name);
        event.fields().putText(typeKey, type);
        return event;
    }

    @Override
    public long claimed() {
        return given().claimed();
    }

    @Override
    public long released() {
        return given().released();
    }

    @Override
    public boolean delayable() {
        return source.delayable();
    }

    @Override
    public long bytesRead() {
        return source.bytesRead();
    }

    @Override
    public void acknowledged(long position) throws Exception {
        source.acknowledged(position);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        if (source instanceof Stateful stateful) {
            stateful.save(out);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        if (source instanceof Stateful stateful) {
            stateful.load(in);
        }
    }

    @Override
    public void open() throws Exception {
        source.open();
    }

    @Override
    public void close() throws Exception {
        source.close();
    }
}
