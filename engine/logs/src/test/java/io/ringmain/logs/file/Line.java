package io.ringmain.logs.file;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A line as a test sees it; the text is Latin-1, so that it has every byte. */
record Line(long position, String text, int bytesCut) {

    static Line of(long position, LogEvent event) {
        String text = new String(event.bytes(), event.lineOffset(), event.lineLength(), StandardCharsets.ISO_8859_1);
        return new Line(position, text, event.bytesCut());
    }

    /** Reads bytes in the plainest way: what a source must give for one input that begins at {@code start}. */
    static List<Line> naive(byte[] bytes, long start, int lineBytesMax) {
        List<Line> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                int end = i > begin && bytes[i - 1] == '\r' ? i - 1 : i;
                lines.add(naive(bytes, begin, end, start, lineBytesMax));
                begin = i + 1;
            }
        }
        if (begin < bytes.length) {
            lines.add(naive(bytes, begin, bytes.length, start, lineBytesMax));
        }
        return lines;
    }

    private static Line naive(byte[] bytes, int begin, int end, long start, int lineBytesMax) {
        int length = end - begin;
        int kept = length > lineBytesMax ? Math.min(lineBytesMax, 64 << 10) : length;
        return new Line(start + begin, new String(bytes, begin, kept, StandardCharsets.ISO_8859_1), length - kept);
    }

    /** Opens a source, reads it to its end and closes it. */
    static List<Line> all(LineSource source) throws Exception {
        source.open();
        try {
            var taker = new Taker();
            while (source.fill(taker, 7) != Status.END) {
                taker.endOfCall();
            }
            return taker.lines;
        } finally {
            source.close();
        }
    }

    /** Takes the lines of one call after the other; the engine is done with each as soon as its call is over. */
    static class Taker implements Intake<LogEvent> {

        final List<Line> lines = new ArrayList<>();
        private final LogEvent event = new LogEvent();
        private long position = -1;
        private long claimed = -1;
        private long released = -1;

        @Override
        public LogEvent claim(long position) {
            complete();
            this.position = position;
            claimed++;
            event.clear();
            return event;
        }

        private void complete() {
            if (position >= 0) {
                lines.add(Line.of(position, event));
                position = -1;
            }
        }

        void endOfCall() {
            complete();
            released = claimed;
        }

        @Override
        public long claimed() {
            return claimed;
        }

        @Override
        public long released() {
            return released;
        }
    }
}
