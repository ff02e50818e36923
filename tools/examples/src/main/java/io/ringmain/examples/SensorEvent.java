package io.ringmain.examples;

import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import io.ringmain.spi.Transform;
import io.ringmain.window.Severity;
import java.util.List;
import java.util.SplittableRandom;

/** What a sensor says, and what becomes of it on its way: the event of {@link Sensors}. */
final class SensorEvent {

    /** What kind of event it is. */
    enum Type {
        METRIC,
        LOG,
        ALERT,
        ERROR
    }

    /** Numbered from 0 by its source. */
    long id;
    /** When it happened, in epoch milliseconds. */
    long timestamp;
    /** Which sensor says so. */
    String source = "";
    /** What it measures, in its own unit. */
    double value;

    Type type = Type.METRIC;
    /** The value from 0 to 1, once it is {@linkplain Normalize normalized}. */
    double normalized;
    /** How bad that is. */
    Severity severity = Severity.LOW;

    /** Fills all that comes from outside. */
    void set(long id, long timestamp, String source, double value, Type type) {
        this.id = id;
        this.timestamp = timestamp;
        this.source = source;
        this.value = value;
        this.type = type;
    }

    // tag::normalize[]
    /** Where values lie between the least and the most that is expected; what lies outside is taken as the nearest of them, and counted. */
    static final class Normalize implements Transform<SensorEvent> {

        private final double min;
        private final double max;
        private long clamped; // one lane counts; read it when the pipeline has ended

        Normalize(double min, double max) {
            this.min = min;
            this.max = max;
        }

        @Override
        public void apply(SensorEvent event) {
            double share = share(event.value);
            event.normalized = Math.max(0, Math.min(1, share));
            event.severity = Severity.of(event.normalized);
            if (event.normalized != share) {
                clamped++;
            }
        }

        /** Where there is nothing between the two, everything is in the middle. */
        private double share(double value) {
            return Math.abs(max - min) < 0.001 ? 0.5 : (value - min) / (max - min);
        }

        long clamped() {
            return clamped;
        }
    }
    // end::normalize[]

    /**
     * A sensor that is not there: twenty events a second, out of order by less than {@link #DISORDER_MS}, the same ones for the same seed. Now and then it says something that is no
     * measurement, or measures what cannot be. In its burst second it says five times as much, in its hot second it measures twice as much.
     */
    static final class Simulated implements Source<SensorEvent> {

        static final int DISORDER_MS = 300;
        private static final int EVERY_MS = 50;
        private static final List<Type> OTHERS = List.of(Type.LOG, Type.ALERT, Type.ERROR);

        private final String name;
        private final SplittableRandom random;
        private final long events;
        private final int burstSecond;
        private final int hotSecond;
        private long given;
        private long clockMs;

        Simulated(String name, long seed, long events, int burstSecond, int hotSecond) {
            this.name = name;
            this.random = new SplittableRandom(seed);
            this.events = events;
            this.burstSecond = burstSecond;
            this.hotSecond = hotSecond;
        }

        @Override
        public Status fill(Intake<SensorEvent> intake, int max) {
            for (int i = 0; i < max && given < events; i++) {
                next(intake.claim(given));
            }
            return given < events ? Status.READY : Status.END;
        }

        private void next(SensorEvent event) {
            long time = Math.max(0, clockMs - random.nextInt(DISORDER_MS));
            double value = 40 + 10 * random.nextDouble() + (time / 1000 == hotSecond ? 45 : 0);
            if (random.nextInt(500) == 0) {
                value = -5; // a loose contact
            }
            Type type = random.nextInt(50) > 0 ? Type.METRIC : OTHERS.get(random.nextInt(3));
            event.set(given++, time, name, value, type);
            clockMs += clockMs / 1000 == burstSecond ? EVERY_MS / 5 : EVERY_MS;
        }
    }
}
