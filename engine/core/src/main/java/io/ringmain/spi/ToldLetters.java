package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store, and somebody who is told what it takes; see {@link DeadLetters#telling}. */
final class ToldLetters implements DeadLetters {

    private final DeadLetters letters;
    private final Consumer<? super FailedEvent<?>> listener;

    ToldLetters(DeadLetters letters, Consumer<? super FailedEvent<?>> listener) {
        this.letters = letters;
        this.listener = requireNonNull(listener, "listener");
    }

    @Override
    public boolean add(FailedEvent<?> failed) {
        boolean isTaken = letters.add(failed);
        if (isTaken) {
            listener.accept(failed);
        }
        return isTaken;
    }

    @Override
    public long count() {
        return letters.count();
    }

    @Override
    public boolean isDurable() {
        return letters.isDurable();
    }

    @Override
    public boolean keeps(EventType<?> type) {
        return letters.keeps(type);
    }

    @Override
    public long bytes() {
        return letters.bytes();
    }

    @Override
    public void open() throws Exception {
        letters.open();
    }

    @Override
    public void flush() throws IOException {
        letters.flush();
    }

    @Override
    public void close() throws Exception {
        letters.close();
    }

    @Override
    public @Nullable LetterSource retries() {
        return letters.retries();
    }
}
