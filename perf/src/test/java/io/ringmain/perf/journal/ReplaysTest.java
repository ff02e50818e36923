package io.ringmain.perf.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.perf.kit.Bar;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is replayed gives the digests of the run, with any number of lanes and at any speed. */
class ReplaysTest {

    @Test
    @Timeout(60)
    void fewLinesGiveTheSameAgain() throws IOException {
        assertThat(Replays.run(new String[] {"replay", "--events", "20000", "--seconds", "0.2"}))
                .isEqualTo(Bar.KEPT);
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void tenMillionLinesGiveTheSameAgain() throws IOException {
        assertThat(Replays.run(new String[] {"replay"})).isEqualTo(Bar.KEPT);
    }
}
