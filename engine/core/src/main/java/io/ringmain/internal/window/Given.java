package io.ringmain.internal.window;

import io.ringmain.window.Aggregation;
import io.ringmain.window.KeyTable;
import io.ringmain.window.WindowResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result that stands to be given. */
final class Given<E> implements WindowResult<E> {

    private long startNs;
    private long endNs;
    private Kind kind = Kind.COMPLETE;
    private byte @Nullable [] keyBytes;
    private int keyFrom;
    private int keyTo;
    private List<Aggregation<E>> values = List.of();
    private int group;

    /** Says which window it is. */
    void window(long startNs, long endNs, Kind kind) {
        this.startNs = startNs;
        this.endNs = endNs;
        this.kind = kind;
    }

    /** Says that it is what {@code pane} has of the key {@code number}. */
    void of(Pane<E> pane, int number) {
        of(pane.keys(), number, pane.values(), number);
    }

    /** Says that it is what {@code values} know as {@code group}, of the key {@code number}. */
    void of(KeyTable keys, int number, List<Aggregation<E>> values, int group) {
        boolean isOther = number == KeyTable.OTHER;
        keyBytes = isOther ? null : keys.bytes();
        keyFrom = isOther ? 0 : keys.offset(number);
        keyTo = isOther ? 0 : keys.end(number);
        this.values = values;
        this.group = group;
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public long endNs() {
        return endNs;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public byte @Nullable [] keyBytes() {
        return keyBytes;
    }

    @Override
    public int keyFrom() {
        return keyFrom;
    }

    @Override
    public int keyTo() {
        return keyTo;
    }

    @Override
    public Aggregation<E> aggregation(int index) {
        return values.get(index);
    }

    @Override
    public int group() {
        return group;
    }
}
