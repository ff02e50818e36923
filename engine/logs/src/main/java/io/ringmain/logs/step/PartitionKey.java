package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A number made of the values of some fields, equal for equal values: 200 and 200.0 are, and so are a text and the same text elsewhere.
 * What would make a key longer than 4 KiB is left out of it.
 *
 * <p>Thread: any, several at once, as several lanes may look for the keys of one partition. Never fails; allocates once per thread.
 */
public final class PartitionKey implements ToLongFunction<LogEvent> {

    private final int[] fields;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    /** Makes the key of the fields {@code names}. */
    public PartitionKey(Keys keys, List<String> names) {
        fields = names.stream().mapToInt(keys::id).toArray();
    }

    @Override
    public long applyAsLong(LogEvent event) {
        Scratch mine = scratch.get();
        mine.key.clear();
        for (int field : fields) {
            event.read(field, mine.value);
            mine.key.add(mine.value);
        }
        return mine.key.hash();
    }

    private static final class Scratch {

        private final KeyBytes key = new KeyBytes();
        private final Value value = new Value();
    }
}
