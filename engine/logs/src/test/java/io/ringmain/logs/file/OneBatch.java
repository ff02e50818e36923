package io.ringmain.logs.file;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Batch;
import java.util.ArrayList;
import java.util.List;

/** A batch made by hand. */
record OneBatch(List<LogEvent> events) implements Batch<LogEvent> {

    static OneBatch of(String... lines) {
        List<LogEvent> events = new ArrayList<>();
        for (String line : lines) {
            LogEvent event = new LogEvent();
            event.setLine(line);
            events.add(event);
        }
        return new OneBatch(events);
    }

    @Override
    public int size() {
        return events.size();
    }

    @Override
    public LogEvent event(int index) {
        return events.get(index);
    }

    @Override
    public long position(int index) {
        return index;
    }

    @Override
    public String source(int index) {
        return "test";
    }

    @Override
    public void failed(int index, Exception why) {
        throw new AssertionError("The sink could not take event " + index + '.', why);
    }
}
