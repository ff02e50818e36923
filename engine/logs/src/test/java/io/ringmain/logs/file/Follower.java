package io.ringmain.logs.file;

import io.ringmain.spi.Source.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A source that follows files, as a test drives it: by calls and a clock of its own; one source may take the place of another. */
final class Follower implements AutoCloseable {

    private static final LineSettings SETTINGS =
            LineSettings.of("sources.web").withLineBytesMax(8192).withPool(64 << 10);

    /** What is done while there is no source. */
    interface Action {
        void run() throws Exception;
    }

    private final String pattern;
    private final Line.Taker[] taker = {new Line.Taker()};
    private final List<Line> lines = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private FileSource source;
    private long nowNs;

    Follower(Path directory, String pattern) throws Exception {
        Files.createDirectories(directory);
        this.pattern = directory + "/" + pattern;
        source = source();
        source.open();
    }

    private FileSource source() {
        FileSource following = FileSource.following(List.of(pattern), SETTINGS, () -> nowNs);
        following.noticesTo(notices::add);
        return following;
    }

    FileSource now() {
        return source;
    }

    /** One call; returns what the source says. */
    Status fill(int max) throws Exception {
        Status status = source.fill(taker[0], max);
        taker[0].endOfCall();
        return status;
    }

    void pass(long ms) {
        nowNs += ms * 1_000_000;
    }

    /** Lets the source look at the files, and read little. */
    void look() throws Exception {
        pass(250);
        fill(1);
        fill(1);
        fill(1);
    }

    /** Takes so many lines, if they are there without waiting. */
    void read(int count) throws Exception {
        int until = taker[0].lines.size() + count;
        while (taker[0].lines.size() < until && fill(1) != Status.IDLE) {
            // As many as that.
        }
    }

    /** Reads until nothing new is found for half a second. */
    void readAll() throws Exception {
        readFor(500);
    }

    /** Reads until nothing new is found for three seconds: what waits for a line end has waited. */
    void readToTheEnd() throws Exception {
        readFor(3000);
    }

    private void readFor(long quietMs) throws Exception {
        for (long quiet = 0; quiet < quietMs; ) {
            int before = taker[0].lines.size();
            if (fill(7) == Status.IDLE) {
                pass(10);
                quiet += 10;
            }
            if (taker[0].lines.size() > before) {
                quiet = 0;
            }
        }
    }

    /** Lets another source go on, after {@code meanwhile}. */
    void restart(Action meanwhile) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        source.save(new DataOutputStream(out));
        close();
        meanwhile.run();
        taker[0] = new Line.Taker();
        source = source();
        source.load(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));
        source.open();
    }

    List<String> notices() {
        return notices;
    }

    List<String> lines() {
        List<Line> all = new ArrayList<>(lines);
        all.addAll(taker[0].lines);
        return all.stream().map(Line::text).toList();
    }

    @Override
    public void close() throws IOException {
        source.close();
        lines.addAll(taker[0].lines);
        taker[0].lines.clear();
    }
}
