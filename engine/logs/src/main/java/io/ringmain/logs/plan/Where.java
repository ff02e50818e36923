package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Batch;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A sink that wants only the events for which a condition holds. Never allocates. */
final class Where implements Sink<LogEvent>, Stateful {

    private final Expression condition;
    private final Sink<LogEvent> sink;

    Where(Expression condition, Sink<LogEvent> sink) {
        this.condition = condition;
        this.sink = sink;
    }

    @Override
    public boolean chooses() {
        return true;
    }

    @Override
    public boolean wants(LogEvent event) throws RejectedException {
        return condition.test(event);
    }

    @Override
    public void write(Batch<LogEvent> batch) throws Exception {
        sink.write(batch);
    }

    /** An event that the condition refused is none of the sink's failures. */
    @Override
    public FailureKind kindOf(Exception failure) {
        return failure instanceof RejectedException ? FailureKind.of(failure) : sink.kindOf(failure);
    }

    @Override
    public void flush() throws Exception {
        sink.flush();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        if (sink instanceof Stateful stateful) {
            stateful.save(out);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        if (sink instanceof Stateful stateful) {
            stateful.load(in);
        }
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
}
