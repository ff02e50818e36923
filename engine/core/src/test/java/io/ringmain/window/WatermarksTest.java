package io.ringmain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** How far event time comes. */
class WatermarksTest {

    private static Watermarks exact(int sources) {
        return new Watermarks(sources, 0);
    }

    /** Says of each source that it has come so far. */
    private static void come(Watermarks to, int source, long mark) {
        to.observe(source, mark + 1);
    }

    @Test
    void theLatestEventAndTheDisorderMakeTheWatermark() {
        var watermarks = new Watermarks(1, 10);

        for (long time : new long[] {12345, 12300, 12340, 12280}) {
            watermarks.observe(0, time);
        }

        assertThat(watermarks.current()).isEqualTo(12334);
        assertThat(new Watermarks(1, 10).observe(0, 1337)).isEqualTo(1326);
    }

    @Test
    void thereIsNoWatermarkBeforeAllHaveBeenHeard() {
        Watermarks watermarks = exact(2);
        come(watermarks, 0, 100);
        assertThat(watermarks.current()).isEqualTo(Watermarks.NONE);

        come(watermarks, 1, 50);

        assertThat(watermarks.current()).isEqualTo(50);
    }

    @Test
    void theLeastOfAllCountsAndNeverGoesBack() {
        Watermarks watermarks = exact(3);
        come(watermarks, 0, 100);
        come(watermarks, 1, 50);
        come(watermarks, 2, 70);
        assertThat(watermarks.current()).isEqualTo(50);

        come(watermarks, 1, 40);
        assertThat(watermarks.current()).isEqualTo(50);
        come(watermarks, 1, 60);
        assertThat(watermarks.current()).isEqualTo(60);
    }

    @Test
    void whoIsIdleIsNotWaitedFor() {
        Watermarks watermarks = exact(3);
        come(watermarks, 0, 100);
        come(watermarks, 1, 50);
        come(watermarks, 2, 70);

        assertThat(watermarks.idle(1)).isEqualTo(70);
        // Nobody waits for it to catch up, and it moves nothing back.
        come(watermarks, 1, 60);
        come(watermarks, 2, 80);
        assertThat(watermarks.current()).isEqualTo(80);
        come(watermarks, 1, 85);
        come(watermarks, 2, 200);
        assertThat(watermarks.current()).isEqualTo(85);
    }

    @Test
    void whoHasNeverBeenHeardMayBeIdle() {
        Watermarks watermarks = exact(2);
        come(watermarks, 0, 100);

        assertThat(watermarks.idle(1)).isEqualTo(100);
    }

    @Test
    void whenTheLastOneGoesIdleTheFurthestCounts() {
        Watermarks watermarks = exact(2);
        come(watermarks, 0, 100);
        come(watermarks, 1, 50);

        watermarks.idle(0);
        assertThat(watermarks.current()).isEqualTo(50);
        assertThat(watermarks.idle(1)).isEqualTo(100);
        assertThat(watermarks.idle(1)).isEqualTo(100);
    }

    @Test
    void whoHasEndedIsNotWaitedFor() {
        Watermarks watermarks = exact(2);
        come(watermarks, 0, 100);
        come(watermarks, 1, 50);

        assertThat(watermarks.end(1)).isEqualTo(100);
        come(watermarks, 0, 120);
        assertThat(watermarks.current()).isEqualTo(120);
        assertThat(watermarks.end(0)).isEqualTo(120);
    }

    @Test
    void whoJoinsIsWaitedForAndMovesNothingBack() {
        Watermarks watermarks = exact(1);
        come(watermarks, 0, 100);

        int joined = watermarks.join(0);
        come(watermarks, 0, 200);
        assertThat(watermarks.current()).isEqualTo(100);
        come(watermarks, joined, 30);
        assertThat(watermarks.current()).isEqualTo(200);
        come(watermarks, joined, 250);
        come(watermarks, 0, 300);
        assertThat(watermarks.current()).isEqualTo(250);
    }

    @Test
    void withoutSourcesThereIsNoWatermark() {
        assertThat(exact(0).current()).isEqualTo(Watermarks.NONE);
    }

    @Test
    void timesAtTheEdgeOfWhatALongHoldsDoNotWrap() {
        var watermarks = new Watermarks(1, Long.MAX_VALUE);
        assertThat(watermarks.observe(0, Long.MIN_VALUE)).isEqualTo(Watermarks.NONE);
        assertThat(watermarks.observe(0, -5)).isEqualTo(Watermarks.NONE);
        assertThat(watermarks.observe(0, Long.MAX_VALUE)).isEqualTo(-1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Watermarks(1, -1))
                .withMessage("disorder: -1 ns (expected: >= 0)");
    }

    @Test
    void aRunThatGoesOnDoesNotGoBack() throws IOException {
        Watermarks before = exact(2);
        come(before, 0, 100);
        come(before, 1, 50);
        before.idle(1);
        var bytes = new ByteArrayOutputStream();
        before.save(new DataOutputStream(bytes));

        Watermarks after = exact(2);
        after.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(after.current()).isEqualTo(100);
        come(after, 1, 60);
        come(after, 0, 110);
        assertThat(after.current()).isEqualTo(110);
    }
}
