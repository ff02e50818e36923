package io.ringmain.perf.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Writes the lines into a file as a program does that logs, and gives the file another name now and then. Goes on whatever becomes of the reader. */
final class Feeder implements Runnable {

    private static final int LINES_AT_A_TIME = 240;
    private static final int LINES_PER_FILE = 3600;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Input input;
    private final Path folder;

    Feeder(Input input, Path folder) {
        this.input = input;
        this.folder = folder;
    }

    @Override
    public void run() {
        try {
            feed();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void feed() throws IOException {
        Path file = folder.resolve("in.log");
        List<Input.Line> lines = input.lines();
        int rotated = 0;
        for (int from = 0; from < lines.size(); from += LINES_AT_A_TIME) {
            if (from / LINES_PER_FILE > rotated) {
                Files.move(file, folder.resolve(String.format(Locale.ROOT, "in-%03d.log", rotated)));
                rotated++;
            }
            var bytes = new ByteArrayOutputStream();
            for (Input.Line line : lines.subList(from, Math.min(lines.size(), from + LINES_AT_A_TIME))) {
                bytes.writeBytes(Input.bytes(line));
            }
            Files.write(file, bytes.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
