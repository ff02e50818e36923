package io.ringmain.journal.internal.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** A library that fails when it is told to, before or behind the time when the excerpt can be read. */
final class FaultyAppender implements Appender {

    private final Appender appender;
    private final AtomicReference<String> fault;

    FaultyAppender(Path directory, AtomicReference<String> fault) {
        appender = new ChronicleAppender(directory);
        this.fault = fault;
    }

    @Override
    public void roll(int next) {
        appender.roll(next);
    }

    @Override
    public void refresh() {
        appender.refresh();
    }

    @Override
    public long append(byte[] head, byte[] from, int offset, int length, byte[] tail) throws IOException {
        return faulty(() -> appender.append(head, from, offset, length, tail));
    }

    @Override
    public long appendAround(byte[] head, long payloadAt, int length, byte[] tail) throws IOException {
        return faulty(() -> appender.appendAround(head, payloadAt, length, tail));
    }

    private interface Call {
        long run() throws IOException;
    }

    private long faulty(Call call) throws IOException {
        String when = fault.getAndSet("never");
        if (when.equals("before")) {
            throw new InternalError("a fault occurred in an unsafe memory access operation");
        }
        long id = call.run();
        if (when.equals("behind")) {
            throw new InternalError("a fault occurred in an unsafe memory access operation");
        }
        return id;
    }

    @Override
    public long end() {
        return appender.end();
    }

    @Override
    public void close() throws IOException {
        appender.close();
    }
}
