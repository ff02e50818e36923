package io.ringmain.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.perf.allocation.Allocation;
import io.ringmain.perf.allocation.LogPath;
import io.ringmain.perf.allocation.Path;
import io.ringmain.perf.allocation.SharedPath;
import io.ringmain.perf.windows.WindowCosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is allocated per event. Repeat: {@code mvn -B verify -pl perf -am -Dtest=AllocationGateTest}. */
@Timeout(60)
class AllocationGateTest {

    private static final long EVENTS = 50_000;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALLOCATING_STAGE")
    void thePathAllocatesNothingPerEvent(Path path) {
        double bytes = Allocation.bytesPerEvent(path, EVENTS);

        assertThat(bytes).as("bytes per event on the path %s", path).isLessThan(Allocation.BAR);
    }

    @ParameterizedTest
    @EnumSource
    void whereLanesShareOrEventsWaitNothingIsAllocatedPerEvent(SharedPath path) {
        double bytes = Allocation.bytesPerEvent(path, EVENTS);

        assertThat(bytes).as("bytes per event on the path %s", path).isLessThan(Allocation.BAR);
    }

    @ParameterizedTest
    @EnumSource
    void theGateSeesWhatIsAllocatedThereOnWhateverThread(SharedPath path) {
        double bytes = Allocation.bytesPerEvent(path.allocating(), EVENTS);

        // Where events are dropped, not all of them come to the stage.
        assertThat(bytes)
                .as("bytes per event on the path %s", path)
                .isGreaterThanOrEqualTo(path.loses() ? Allocation.BAR : 31);
    }

    @ParameterizedTest
    @EnumSource
    void logLinesAllocateNothingPerEventFromFileToCountOrFile(LogPath path) {
        double bytes = Allocation.bytesPerEvent(path, EVENTS);

        assertThat(bytes).as("bytes per event on the path %s", path).isLessThan(Allocation.BAR);
    }

    @Test
    void theGateSeesAStageThatAllocates() {
        double bytes = Allocation.bytesPerEvent(Path.ALLOCATING_STAGE, EVENTS);

        // An array of two longs has 32 bytes.
        assertThat(bytes).isGreaterThanOrEqualTo(31);
    }

    @Test
    void windowsAllocateNothingPerEvent() {
        assertThat(WindowCosts.bytesPerEvent()).isLessThan(Allocation.BAR);
    }

    /** A tenth of the keys of the measurement, which has less to share what is there once. */
    @Test
    void aKeyOfAWindowTakesNoMoreThanItMay() {
        assertThat(WindowCosts.bytesPerKey(100_000)).isLessThanOrEqualTo(WindowCosts.KEY_BYTES_MAX);
    }
}
