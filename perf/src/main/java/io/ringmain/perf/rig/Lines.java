package io.ringmain.perf.rig;

import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import java.nio.charset.StandardCharsets;

/** Gives a number of lines, the same few in turn, then ends. */
final class Lines implements Source<Line> {

    static final String ENV = "prod";

    private static final byte[][] TEXTS = Line.LEVELS.stream()
            .map(level ->
                    ("2026-01-01T00:00:00Z " + level + " order 4711 was taken").getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private final long events;
    private long given;
    private int turn;

    Lines(long events) {
        this.events = events;
    }

    @Override
    public Status fill(Intake<Line> intake, int max) {
        int count = (int) Math.min(max, events - given);
        for (int i = 0; i < count; i++) {
            byte[] text = TEXTS[turn];
            turn = turn + 1 == TEXTS.length ? 0 : turn + 1;
            intake.claim(given).fill(text, text.length);
            given++;
        }
        return given == events ? Status.END : Status.READY;
    }
}
