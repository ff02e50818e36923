package io.ringmain.cli;

import io.ringmain.cli.stat.RunDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.SystemEpochClock;

/** What a run of the command in this JVM left behind. */
record Outcome(int code, String out, String err) {

    /** Not the user's own directory, in which other runs may be. */
    private static final RunDirectory RUNS = new RunDirectory(Path.of("target", "runs"), SystemEpochClock.INSTANCE);

    static Outcome of(String... args) {
        return of(Screen.Traits.PIPE, args);
    }

    static Outcome of(Screen.Traits traits, String... args) {
        return of(traits, InputStream.nullInputStream(), args);
    }

    /** As {@link #of(String...)}, with {@code input} to be read as standard input. */
    static Outcome reading(String input, String... args) {
        return reading(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
    }

    /** As {@link #reading(String, String...)}, from a stream. */
    static Outcome reading(InputStream input, String... args) {
        return of(Screen.Traits.PIPE, input, args);
    }

    /** As {@link #of(String...)}, but {@code signal} comes as soon as somebody listens for it. */
    static Outcome signalled(String signal, String... args) {
        Signals signals = action -> {
            Thread sender = new Thread(() -> action.accept(signal), "signal");
            sender.start();
        };
        return of(new ByteArrayOutputStream(), Screen.Traits.PIPE, InputStream.nullInputStream(), signals, args);
    }

    /** As {@link #of(String...)}, but {@code signal} comes, to who listens by then, when standard error has said {@code text}. */
    static Outcome signalledAfter(String text, String signal, String... args) {
        AtomicReference<Consumer<String>> listener = new AtomicReference<>(nobody -> {});
        ByteArrayOutputStream err = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                if (toString(StandardCharsets.US_ASCII).contains(text)) {
                    listener.getAndSet(again -> {}).accept(signal);
                }
            }
        };
        OutputStream out = new ByteArrayOutputStream();
        return of(new Written(out, err), Screen.Traits.PIPE, InputStream.nullInputStream(), listener::set, args);
    }

    /** As {@link #of(String...)}, but standard output is a full disk. */
    static Outcome full(String... args) {
        return failing("No space left on device", args);
    }

    /** As {@link #of(String...)}, but nothing can be written to standard output, because of {@code reason}. */
    static Outcome failing(String reason, String... args) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException(reason);
            }
        };
        return writing(full, args);
    }

    /** As {@link #of(String...)}, but standard output is {@code out}. */
    static Outcome writing(OutputStream out, String... args) {
        return of(out, Screen.Traits.PIPE, InputStream.nullInputStream(), Signals.none(), args);
    }

    private static Outcome of(Screen.Traits traits, InputStream in, String... args) {
        return of(new ByteArrayOutputStream(), traits, in, Signals.none(), args);
    }

    private static Outcome of(OutputStream out, Screen.Traits traits, InputStream in, Signals signals, String... args) {
        return of(new Written(out, new ByteArrayOutputStream()), traits, in, signals, args);
    }

    /** Where the command writes to. */
    private record Written(OutputStream out, ByteArrayOutputStream err) {}

    private static Outcome of(Written written, Screen.Traits traits, InputStream in, Signals signals, String... args) {
        Screen screen = new Screen(written.out, new PrintStream(written.err, true, traits.charset()), traits);
        int code = Main.run(new Shell(screen, in, signals, RUNS), args);
        screen.flush();
        String printed = written.out instanceof ByteArrayOutputStream bytes ? bytes.toString(traits.charset()) : "";
        return new Outcome(code, printed, written.err.toString(traits.charset()));
    }

    /** The number behind {@code word}, wherever it stands first. */
    long number(String word) {
        Matcher match = Pattern.compile(word + " +([0-9,]+)").matcher(out);
        if (!match.find()) {
            throw new AssertionError(word + ": not in\n" + out);
        }
        return Long.parseLong(match.group(1).replace(",", ""));
    }
}
