package io.ringmain.cli.trial;

import io.ringmain.cli.trial.Case.Input;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import io.ringmain.testing.ManualClock;
import java.util.List;

/** Gives the lines of a case, each at its time: the clock moves on when all lines before have left the ring. */
final class CaseSource implements Source<LogEvent> {

    private final List<Input> lines;
    private final ManualClock clock;
    private long lastClaimed = -1;
    private int next;

    CaseSource(List<Input> lines, ManualClock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public Status fill(Intake<LogEvent> intake, int max) {
        for (int given = 0; given < max; given++) {
            if (next == lines.size()) {
                return Status.END;
            }
            Input line = lines.get(next);
            if (line.atNs() > clock.nowNs()) {
                if (lastClaimed > intake.released()) {
                    return Status.HELD;
                }
                clock.advanceTo(line.atNs());
            }
            intake.claim(next).setLine(line.line());
            lastClaimed = intake.claimed();
            next++;
        }
        return Status.READY;
    }

    /** The line at {@code position}, for dead letters whose event was changed. */
    String line(long position) {
        return lines.get((int) position).line();
    }
}
