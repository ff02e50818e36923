package io.ringmain.perf.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.window.Watermarks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Our watermarks of several sources come as far as Flink's valve of several channels, after each step of any script. Two things are ours: the valve hears of an idle source that is
 * active before it hears its watermark, where ours hears of an event; and a source that ends is a watermark behind the last event to the valve, which goes there itself once nobody
 * else is waited for, where ours stays until {@link Watermarks#END} is said. So a script is compared until the valve is there.
 */
@Timeout(120)
class FlinkWatermarksTest {

    private static final int RUNS = 2_000;
    private static final int STEPS_MAX = 60;
    private static final String REPEAT =
            "mvn -B test -Pflink -pl perf/peers -am -Dtest=FlinkWatermarksTest -Dringmain.seed=%d";

    /** What Flink's valve has come to. */
    private static final class Passed implements DataOutput<Object> {

        private long watermark = Watermarks.NONE;
        private boolean isIdle;

        @Override
        public void emitWatermark(Watermark watermark) {
            this.watermark = watermark.getTimestamp();
        }

        @Override
        public void emitWatermarkStatus(WatermarkStatus status) {
            isIdle = status.isIdle();
        }

        @Override
        public void emitRecord(StreamRecord<Object> none) {}

        @Override
        public void emitLatencyMarker(LatencyMarker none) {}

        @Override
        public void emitRecordAttributes(RecordAttributes none) {}

        @Override
        public void emitWatermark(WatermarkEvent none) {}
    }

    private record Compared(int moves, int idles, int ends) {}

    @Test
    void anyScriptComesAsFarAsInFlink() throws Exception {
        Long only = Long.getLong("ringmain.seed");
        int moves = 0;
        int idles = 0;
        int ends = 0;
        for (long seed : only == null ? LongStream.range(0, RUNS).toArray() : new long[] {only}) {
            Compared compared = compare(seed);
            moves += compared.moves;
            idles += compared.idles;
            ends += compared.ends;
        }
        // Otherwise little was compared.
        assertThat(only != null || (moves > RUNS && idles > RUNS / 4 && ends > RUNS / 4))
                .as("%d moves, %d times all idle, %d ends with others left", moves, idles, ends)
                .isTrue();
    }

    private static Compared compare(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        int sources = random.nextInt(1, 6);
        long disorder = random.nextInt(3) == 0 ? 0 : random.nextLong(50);
        int idleOf = random.nextInt(2, 30);
        int endOf = random.nextInt(4, 60);
        long time = random.nextLong(-1000, 1000);
        var ours = new Watermarks(sources, disorder);
        var valve = new StatusWatermarkValve(sources);
        var passed = new Passed();
        boolean[] isEnded = new boolean[sources];
        List<String> script = new ArrayList<>();
        int moves = 0;
        int idles = 0;
        int ends = 0;
        for (int left = random.nextInt(1, STEPS_MAX); left > 0 && passed.watermark != Watermarks.END; left--) {
            int source = random.nextInt(sources);
            long before = ours.current();
            time += random.nextLong(20);
            if (isEnded[source]) {
                continue;
            }
            if (random.nextInt(endOf) == 0) {
                script.add("end " + source);
                isEnded[source] = true;
                ours.end(source);
                valve.inputWatermarkStatus(WatermarkStatus.ACTIVE, source, passed);
                valve.inputWatermark(Watermark.MAX_WATERMARK, source, passed);
                ends += passed.watermark == Watermarks.END ? 0 : 1;
            } else if (random.nextInt(idleOf) == 0) {
                script.add("idle " + source);
                ours.idle(source);
                valve.inputWatermarkStatus(WatermarkStatus.IDLE, source, passed);
                idles += passed.isIdle ? 1 : 0;
            } else {
                long its = time - random.nextLong(100);
                script.add("observe " + source + ' ' + its);
                ours.observe(source, its);
                valve.inputWatermarkStatus(WatermarkStatus.ACTIVE, source, passed);
                valve.inputWatermark(new Watermark(its - disorder - 1), source, passed);
            }
            moves += ours.current() > before ? 1 : 0;
            if (passed.watermark != Watermarks.END) {
                assertThat(ours.current())
                        .as(
                                "seed %d, %d sources, disorder %d: %s%nrepeat: " + REPEAT,
                                seed,
                                sources,
                                disorder,
                                script,
                                seed)
                        .isEqualTo(passed.watermark);
            }
        }
        return new Compared(moves, idles, ends);
    }
}
