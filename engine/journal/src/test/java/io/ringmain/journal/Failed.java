package io.ringmain.journal;

import io.ringmain.kit.Cell;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.FailedEvent;

/** A failed event as a lane hands it over, the same object for all of them. */
final class Failed implements FailedEvent<Cell> {

    static final PortableCell TYPE = new PortableCell();

    final Cell event = TYPE.create();
    String stage = "stage";
    String source = "source";
    long position;
    boolean lasts = true;
    int attempts = 1;
    Exception cause = new IllegalStateException("no");
    EventType<Cell> type = TYPE;

    /** The event at {@code position} of the source, with that as its value. */
    static Failed at(long position) {
        var failed = new Failed();
        failed.position = position;
        failed.event.value = position;
        return failed;
    }

    /** An event that was the letter {@code id} and has failed again. */
    static Failed again(long id) {
        Failed failed = at(id);
        failed.source = DeadLetters.SOURCE;
        failed.lasts = false;
        return failed;
    }

    Failed with(Exception why) {
        cause = why;
        return this;
    }

    @Override
    public String pipeline() {
        return "pipeline";
    }

    @Override
    public String stage() {
        return stage;
    }

    @Override
    public Exception cause() {
        return cause;
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean positionLasts() {
        return lasts;
    }

    @Override
    public long ingressNs() {
        return 7;
    }

    @Override
    public Cell event() {
        return event;
    }

    @Override
    public EventType<Cell> type() {
        return type;
    }
}
