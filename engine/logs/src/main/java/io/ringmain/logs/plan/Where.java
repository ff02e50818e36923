package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.expression.Expression;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A sink that gives another one only the events for which a condition holds. Allocates when a batch is larger than all before. */
final class Where implements Sink<LogEvent> {

    private final Expression condition;
    private final Sink<LogEvent> sink;
    private final Chosen chosen = new Chosen();

    Where(Expression condition, Sink<LogEvent> sink) {
        this.condition = condition;
        this.sink = sink;
    }

    @Override
    public void write(Batch<LogEvent> batch) throws Exception {
        chosen.batch = batch;
        chosen.size = 0;
        for (int i = 0; i < batch.size(); i++) {
            if (condition.test(batch.event(i))) {
                chosen.add(i);
            }
        }
        if (chosen.size > 0) {
            sink.write(chosen);
        }
    }

    @Override
    public void flush() throws Exception {
        sink.flush();
    }

    @Override
    public void open() throws Exception {
        sink.open();
    }

    @Override
    public void close() throws Exception {
        sink.close();
    }

    @Override
    public void abort() {
        sink.abort();
    }

    @Override
    public boolean blocking() {
        return sink.blocking();
    }

    /** The chosen events of a batch, in order. */
    private static final class Chosen implements Batch<LogEvent> {

        private @Nullable Batch<LogEvent> batch;
        private int[] indexes = new int[256];
        private int size;

        void add(int index) {
            if (size == indexes.length) {
                indexes = Arrays.copyOf(indexes, 2 * size);
            }
            indexes[size++] = index;
        }

        private Batch<LogEvent> batch() {
            return requireNonNull(batch, "batch");
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public LogEvent event(int index) {
            return batch().event(indexes[index]);
        }

        @Override
        public long position(int index) {
            return batch().position(indexes[index]);
        }

        @Override
        public String source(int index) {
            return batch().source(indexes[index]);
        }
    }
}
