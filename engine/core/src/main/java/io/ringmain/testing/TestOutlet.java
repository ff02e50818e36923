package io.ringmain.testing;

import static io.ringmain.testing.ContractCheck.broken;

import io.ringmain.spi.EventType;
import io.ringmain.spi.Outlet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An outlet that notes each result when it is complete and then clears it, so that no later write to it can count. */
final class TestOutlet<R> implements Outlet<R> {

    /** When the outlet has room. */
    enum Room {
        ALWAYS,
        EVERY_OTHER_CLAIM,
        ONE_PER_CALL
    }

    /** An emitter that goes on asking this often in one call waits, which it must not. */
    private static final int REFUSALS_MAX = 100;

    private final EventType<R> type;
    private final Function<? super R, ?> picture;
    private final Room room;
    private final int resultsMax;
    private final List<Object> results = new ArrayList<>();
    private @Nullable R open;
    private String caller = "";
    private boolean valid;
    private boolean refuseNext;
    private int claimed;
    private int refused;

    TestOutlet(EventType<R> type, Function<? super R, ?> picture, Room room, int resultsMax) {
        this.type = type;
        this.picture = picture;
        this.room = room;
        this.resultsMax = resultsMax;
    }

    void begin(String what) {
        caller = what;
        valid = true;
        claimed = 0;
        refused = 0;
    }

    void end() {
        complete();
        valid = false;
    }

    @Override
    public @Nullable R claim() {
        if (!valid) {
            throw broken(caller, "a claim after its call has returned", "claims during the call only");
        }
        complete();
        if (isFull()) {
            refused++;
            if (refused > REFUSALS_MAX) {
                throw broken(caller, "waits in a loop for room", "MORE after a null claim");
            }
            return null;
        }
        if (results.size() == resultsMax) {
            throw broken(
                    caller,
                    "more than " + resultsMax + " results",
                    "as many as with room; remember the place and return MORE");
        }
        claimed++;
        // A new object each time: it is cleared below, so what is written to it after that is lost, as in a ring.
        open = type.create();
        return open;
    }

    private boolean isFull() {
        refuseNext = !refuseNext;
        return switch (room) {
            case ALWAYS -> false;
            case EVERY_OTHER_CLAIM -> refuseNext;
            case ONE_PER_CALL -> claimed == 1;
        };
    }

    private void complete() {
        R result = open;
        if (result != null) {
            results.add(picture.apply(result));
            type.clear(result);
            open = null;
        }
    }

    int count() {
        return results.size();
    }

    List<Object> results() {
        return results;
    }
}
