package io.ringmain.perf.chaos;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.FileSink;
import io.ringmain.spi.Batch;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** A file sink that is slow, or misbehaves at one batch. Thread: as {@link Sink}. */
final class LabSink implements Sink<LogEvent>, Stateful {

    private static final int BATCH_OF_FAULT = 20;

    private final FileSink file;
    private final Fault fault;
    private final long pauseNs;
    private int batches;

    LabSink(FileSink file, Fault fault, long pauseNs) {
        this.file = file;
        this.fault = fault;
        this.pauseNs = pauseNs;
    }

    @Override
    public void write(Batch<LogEvent> batch) throws IOException {
        batches++;
        if (pauseNs > 0) {
            LockSupport.parkNanos(pauseNs);
        }
        if (batches != BATCH_OF_FAULT) {
            file.write(batch);
            return;
        }
        switch (fault) {
            case LIES -> {}
            case REPEATS -> {
                file.write(batch);
                file.write(batch);
            }
            case ERROR -> throw new AssertionError("the laboratory throws an error");
            case NONE, CLOCK -> file.write(batch);
        }
    }

    @Override
    public FailureKind kindOf(Exception failure) {
        return file.kindOf(failure);
    }

    @Override
    public void flush() throws IOException {
        file.flush();
    }

    @Override
    public void open() throws IOException {
        file.open();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public void abort() {
        file.abort();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        file.save(out);
    }

    @Override
    public void load(DataInput in) throws IOException {
        file.load(in);
    }
}
