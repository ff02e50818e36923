package io.ringmain.perf.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ringmain.perf.peers.Script.Event;
import io.ringmain.window.Windows;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our windows give what those of Flink give: the same rows after the same events, and the same events late. */
@Timeout(300)
class FlinkWindowsTest {

    private static final int RUNS = 1_500;
    private static final String REPEAT =
            "mvn -B test -Pflink -pl perf/peers -am -Dtest=FlinkWindowsTest#%s -Dringmain.seed=%d";

    private final Subject flink = new FlinkOperator();

    /** That the oracle is driven as it is meant: a row when time has come, a row at the end, and an event that is late for its session. */
    @Test
    void theOracleGivesRowsAndWhatIsLate() throws Exception {
        var script = new Script(new Windows.Session(3000), 0, 10, List.of(event(1000), event(13_500), event(1200)));

        Outcome outcome = flink.run(script);

        assertThat(outcome.rows())
                .extracting(Outcome.Row::toString)
                .containsExactly("after 2 k [1000, 4000) count 1 sum 1", "after 3 k [13500, 16500) count 1 sum 1");
        assertThat(outcome.late()).extracting(Outcome.Late::toString).containsExactly("after 3 late k@1200=1");
    }

    private static Event event(long time) {
        return new Event("k", time, 1);
    }

    /**
     * All kinds of windows, with and without lateness. Not compared: the kind of a session's row, see {@link Script#isUpdateBehindTime}.
     */
    @Test
    void windowsOfAnyEventsAreThoseOfFlink() throws Exception {
        compare("windowsOfAnyEventsAreThoseOfFlink", MadeScripts::of, new CoreWindowing(false));
    }

    /** Rows leave later then, which is not compared. */
    @Test
    void aLaneThatIsBehindWithManyWindowsGivesThoseOfFlink() throws Exception {
        var ours = new CoreWindowing(true);
        compare(
                "aLaneThatIsBehindWithManyWindowsGivesThoseOfFlink",
                MadeScripts::ofCrowds,
                script -> ours.run(script).atAnyTime(),
                script -> flink.run(script).atAnyTime());
    }

    private void compare(String test, LongFunction<Script> made, Subject ours) throws Exception {
        compare(test, made, ours, flink);
    }

    private static void compare(String test, LongFunction<Script> made, Subject ours, Subject flink) throws Exception {
        Long only = Long.getLong("ringmain.seed");
        int rows = 0;
        int late = 0;
        for (long seed : only == null ? LongStream.range(0, RUNS).toArray() : new long[] {only}) {
            Script script = made.apply(seed);
            Outcome expected = flink.run(script);
            if (!expected.equals(ours.run(script))) {
                Script least = least(script, ours, flink);
                fail(
                        "seed %d; least script: %s%n%s%nrepeat: %s",
                        seed, least, flink.run(least).difference(ours.run(least)), REPEAT.formatted(test, seed));
            }
            rows += expected.rows().size();
            late += expected.late().size();
        }
        // Otherwise nothing was compared.
        assertThat(only != null || (rows > RUNS && late > RUNS / 4))
                .as("%d rows, %d late", rows, late)
                .isTrue();
    }

    /** The same difference with as few events as can be. */
    private static Script least(Script failing, Subject ours, Subject flink) throws Exception {
        Script least = failing;
        for (int i = least.events().size() - 1; i >= 0; i--) {
            Script less = least.without(i);
            if (!Objects.equals(flink.run(less), ours.run(less))) {
                least = less;
            }
        }
        return least;
    }
}
