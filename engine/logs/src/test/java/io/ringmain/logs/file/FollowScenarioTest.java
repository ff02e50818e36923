package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.file.FollowScenarios.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is done to files that are followed, in all ways to meet it: each line comes exactly once. */
@Timeout(120)
class FollowScenarioTest {

    @TempDir
    private Path directory;

    /** When the source reads, and when another one takes its place. */
    enum Way {
        /** All is read between the steps. */
        READ_BETWEEN,
        /** Something is read between the steps, by chance. */
        READ_SOMETHING,
        /** All is read, another source takes over, then comes the next step. */
        RESTART_BETWEEN,
        /** Something is read by chance, and the step is done while no source is there. */
        STEP_WHILE_DOWN
    }

    static Stream<Arguments> runs() {
        return FollowScenarios.all().stream()
                .flatMap(scenario -> Stream.of(Way.values()).map(way -> Arguments.of(scenario, way)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void eachLineComesOnce(Scenario scenario, Way way) throws Exception {
        for (int seed = 1; seed <= (scenario.isLarge() ? 1 : 10); seed++) {
            Path files = directory.resolve("run-" + seed);
            List<String> lines = run(scenario, way, files, seed);

            if (scenario.isLarge()) {
                assertThat(lines).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(scenario.lines());
            } else {
                assertThat(lines).as("seed %d", seed).isEqualTo(scenario.lines());
            }
        }
    }

    private static List<String> run(Scenario scenario, Way way, Path files, int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Follower follower = new Follower(files, scenario.pattern())) {
            for (FollowScenarios.Step step : scenario.steps()) {
                switch (way) {
                    case READ_BETWEEN -> follower.readAll();
                    case READ_SOMETHING -> readSome(follower, step.whenAllWasRead(), random);
                    case RESTART_BETWEEN -> {
                        follower.readAll();
                        follower.restart(() -> {});
                    }
                    case STEP_WHILE_DOWN -> readSome(follower, step.whenAllWasRead(), random);
                }
                if (way == Way.STEP_WHILE_DOWN) {
                    follower.restart(() -> step.action().on(files));
                } else {
                    step.action().on(files);
                }
            }
            follower.readToTheEnd();
            return follower.lines();
        }
    }

    private static void readSome(Follower follower, boolean all, SplittableRandom random) throws Exception {
        if (all) {
            follower.readAll();
        } else {
            follower.look();
            follower.read(random.nextInt(4));
        }
    }
}
