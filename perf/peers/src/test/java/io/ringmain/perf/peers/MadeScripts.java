package io.ringmain.perf.peers;

import io.ringmain.perf.peers.Script.Event;
import io.ringmain.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Scripts from seeds: the same one from the same seed. */
final class MadeScripts {

    private static final int EVENTS_MAX = 150;
    private static final long FAR = 1L << 61;
    /** Where streams begin: around the epoch, at real times before and after it in milliseconds, and at times near the ends of what a long holds. */
    private static final long[] ORIGINS = {0, 0, 0, -5_000, 1_795_000_000_000L, -1_000_000_000_000L, FAR, -FAR};

    private final SplittableRandom random;

    private MadeScripts(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A script of any kind of windows. */
    static Script of(long seed) {
        var made = new MadeScripts(seed);
        Windows windows = made.random.nextInt(3) == 0 ? made.session() : made.aligned();
        return new Script(windows, made.disorder(), made.lateness(windows), made.events());
    }

    /** A script of which many events close so many windows that these do not leave in one batch. */
    static Script ofCrowds(long seed) {
        var made = new MadeScripts(seed);
        Windows windows = new Windows.Aligned(made.random.nextLong(40, 120), made.random.nextLong(1, 3), 0);
        return new Script(windows, made.disorder(), made.lateness(windows), made.events());
    }

    private Windows.Session session() {
        return new Windows.Session(random.nextLong(1, 30));
    }

    private Windows.Aligned aligned() {
        long slide = random.nextLong(1, 40);
        long size =
                switch (random.nextInt(4)) {
                    case 0 -> slide;
                    case 1 -> slide * random.nextLong(1, 6);
                    case 2 -> random.nextLong(slide, 4 * slide + 1);
                    default -> random.nextLong(1, 80);
                };
        return new Windows.Aligned(size, slide, random.nextBoolean() ? 0 : random.nextLong(-slide + 1, slide));
    }

    private long disorder() {
        return random.nextInt(3) == 0 ? 0 : random.nextLong(0, 60);
    }

    private long lateness(Windows windows) {
        int kind = random.nextInt(10);
        if (kind < 4) {
            return 0;
        }
        if (kind < 9) {
            return random.nextLong(1, 100);
        }
        // A sum with a time may wrap. Flink's own does where sessions merge, and fails.
        boolean hasGaps = windows instanceof Windows.Aligned aligned && aligned.slideNs() > aligned.sizeNs();
        return windows instanceof Windows.Session || hasGaps ? FAR : Long.MAX_VALUE - random.nextLong(100);
    }

    private List<Event> events() {
        int keys = random.nextInt(1, 6);
        int step = random.nextInt(2, 12);
        int jitter = random.nextInt(1, 120);
        long time = ORIGINS[random.nextInt(ORIGINS.length)] + random.nextLong(-200, 200);
        List<Event> events = new ArrayList<>();
        for (int left = random.nextInt(EVENTS_MAX + 1); left > 0; left--) {
            time += random.nextInt(12) == 0 ? random.nextLong(150) : random.nextLong(step);
            long its = random.nextInt(3) == 0 ? time - random.nextLong(jitter) : time;
            events.add(new Event("k" + random.nextInt(keys), its, random.nextLong(-50, 100)));
        }
        return events;
    }
}
