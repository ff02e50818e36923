package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipeline that is killed anywhere, again and again, ends like one that was left alone. {@code -Dringmain.seed=N} runs only that seed. */
class CrashSimulationTest extends SeededTest {

    private static final int FAST_SEEDS = 100;
    private static final int SLOW_SEEDS = 10_000;

    /** Where a process can be killed. */
    private static final List<String> POINTS = List.of(
            "after a checkpoint is renamed",
            "after a claim",
            "after a file is cut back",
            "after a letter is added",
            "after a letter is claimed",
            "after a flush",
            "after a write",
            "after an answer",
            "after letters are flushed",
            "before a claim",
            "before a checkpoint is renamed",
            "before a file is cut back",
            "before a flush",
            "before a letter is added",
            "before a letter is marked",
            "before a sink is opened",
            "before a sink's mark is saved",
            "before a request",
            "before a source is loaded",
            "before a source is saved",
            "before a stage is loaded",
            "before a stage is saved",
            "before a write",
            "before an emitter is loaded",
            "before an emitter is saved",
            "before letters are flushed",
            "before letters are loaded",
            "before letters are saved",
            "in a batch",
            "in a request",
            "in a write",
            "in an emitter");

    @Test
    @Timeout(60)
    void aRunThatIsKilledAnywhereEndsLikeOneThatWasLeftAlone() {
        CrashSimulation.runAll(seeds(FAST_SEEDS));
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void tenThousandRunsEndLikeThoseThatWereLeftAloneAndEachPointIsReached() {
        assertThat(CrashSimulation.runAll(seeds(SLOW_SEEDS))).containsKeys(POINTS.toArray(String[]::new));
    }
}
