package io.ringmain.internal.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.spi.Progress;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows of all kinds against what one would write down. */
@Timeout(60)
class WindowModelTest extends WindowHarness {

    private static final int EVENTS_MAX = 150;

    /** Disorder, lateness, several sources of which some end, several keys, all kinds of windows, and a restart now and then. */
    private void runsAsTheModel(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        // One of three streams has more keys than there may be.
        var ofBounds = new SplittableRandom(~seed);
        Case any = Case.random(random);
        Case of = ofBounds.nextInt(3) == 0 ? any.keysMax(ofBounds.nextInt(1, 4)) : any;
        // One of three streams has sources that may be silent for too long.
        long idle = random.nextInt(3) == 0 ? random.nextLong(5, 60) : 0;
        WindowModel model = of.model(idle);
        window = emitter(of.windowing(idle), of.disorders().size());
        results.rows.clear();
        late.clear();
        results.isScarce = random.nextBoolean();
        int sources = of.disorders().size();
        boolean[] isEnded = new boolean[sources];
        long now = random.nextLong(-1000, 1000);
        long clock = 1_000_000;
        int events = random.nextInt(EVENTS_MAX);
        String name = "seed " + seed + ": " + of;
        for (int i = 0; i < events; i++) {
            int source = random.nextInt(sources);
            if (isEnded[source]) {
                continue;
            }
            now += random.nextInt(10) == 0 ? random.nextLong(50) : random.nextLong(4);
            long time = now - random.nextLong(random.nextInt(5) == 0 ? 60 : 10);
            String key = String.valueOf((char) ('a' + random.nextInt(4)));
            long value = random.nextLong(100);
            add(source, time, key, value);
            model.add(source, time, key, value);
            if (random.nextInt(60) == 0) {
                isEnded[source] = true;
                while (window.sourceEnded(source, results) == Progress.MORE) {}
                model.end(source);
            }
            if (random.nextInt(50) == 0) {
                restart(of.windowing(idle), sources);
                model.restart();
            }
            if (idle > 0 && random.nextInt(4) == 0) {
                clock += random.nextLong(20);
                while (window.tick(clock, results) == Progress.MORE) {}
                model.tick(clock);
            }
        }
        catchUp();
        assertThat(results.texts()).as(name).isEqualTo(model.rows());
        assertThat(end()).as(name).isEqualTo(model.end());
        assertThat(late).as(name).isEqualTo(model.late());
        assertThat(window.kept()).as(name).isZero();
    }

    @Test
    void randomStreamsGiveWhatOneWouldWriteDown() throws Exception {
        for (long seed = 0; seed < 1000; seed++) {
            runsAsTheModel(seed);
        }
    }

    @Test
    @Tag("slow")
    void tenThousandRandomStreamsGiveWhatOneWouldWriteDown() throws Exception {
        for (long seed = 0; seed < 10_000; seed++) {
            runsAsTheModel(seed);
        }
    }
}
