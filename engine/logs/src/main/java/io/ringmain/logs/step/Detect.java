package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import io.ringmain.window.KeyTable;
import io.ringmain.window.SeriesDetector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Says of each event how unusual a number in it is for its group, from 0 to 1, in {@link #SCORE}: a {@link SeriesDetector} for each group. Its time is the timestamp of the event, else the beginning of
 * its window; events without both are all of one hour.
 *
 * <p>Thread: one lane. Allocates where a group comes first, else never. An event whose value is no number gets no score and is not learnt; nor is one of a group that found no room, which is {@linkplain
 * #unjudged counted}.
 */
public final class Detect implements Stage<LogEvent>, Stateful {

    /** The field that has the score: {@value}. */
    public static final String SCORE = "anomaly_score";

    private final int field;
    private final int startField;
    private final int scoreField;
    private final GroupKeys groups;
    // By the number of the group; the first one is 1.
    private final List<SeriesDetector> detectors = new ArrayList<>();
    private final Value value = new Value();
    private long unjudged;

    /**
     * Makes one over fields that {@code keys}, those of the pipeline, has the numbers of.
     *
     * @param field what is looked at
     * @param by the fields whose values tell the groups apart
     * @param groupsMax how many groups are told apart, at least 1; each takes 13 KB
     */
    public Detect(Keys keys, String field, List<String> by, int groupsMax) {
        this.field = keys.id(field);
        startField = keys.id(WindowSpec.START);
        scoreField = keys.id(SCORE);
        groups = new GroupKeys(keys, by, groupsMax);
    }

    /** Events so far whose groups found no room. */
    public long unjudged() {
        return unjudged;
    }

    @Override
    public boolean process(LogEvent event) throws RejectedException {
        if (!event.read(field, value) || !Numbers.read(value)) {
            return true;
        }
        double number = value.doubleValue();
        int group = groups.number(event);
        if (group == KeyTable.OTHER) {
            unjudged++;
            return true;
        }
        grow(group);
        value.setDouble(detectors.get(group - 1).score(timeNs(event), number));
        Assignment.putOrReject(event, scoreField, value);
        return true;
    }

    private long timeNs(LogEvent event) {
        if (event.timeNs() != LogEvent.NO_TIME) {
            return event.timeNs();
        }
        return event.read(startField, value) && value.kind() == Value.Kind.TIME ? value.longValue() : 0;
    }

    private void grow(int groups) {
        while (detectors.size() < groups) {
            detectors.add(new SeriesDetector());
        }
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeLong(unjudged);
        groups.save(out);
        out.writeInt(detectors.size());
        for (SeriesDetector detector : detectors) {
            detector.save(out);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        unjudged = in.readLong();
        groups.load(in);
        int count = in.readInt();
        if (count != groups.count()) {
            throw new IOException("detect: the state of " + count + " groups (expected: " + groups.count() + ')');
        }
        grow(count);
        for (SeriesDetector detector : detectors) {
            detector.load(in);
        }
    }
}
