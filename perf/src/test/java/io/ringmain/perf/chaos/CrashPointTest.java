package io.ringmain.perf.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of crash points and the code that it is about. */
class CrashPointTest {

    static Stream<CrashPoint> points() {
        return CrashPoint.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("points")
    void eachPointIsSomewhereInTheEngine(CrashPoint point) throws IOException {
        byte[] original = classFile(point);

        byte[] armed = CrashAgent.armed(point, original);

        assertThat(armed).isNotNull();
        assertThat(armed.length).isGreaterThan(original.length);
    }

    @Test
    void aSpotThatIsNowhereIsTold() throws IOException {
        CrashPoint known = CrashPoint.named("after-claim");
        var gone = new CrashPoint("gone", known.place(), "claimed twice", Spot.ENTRY, 1, Variant.PLAIN, false);

        assertThat(CrashAgent.armed(gone, classFile(known))).isNull();
    }

    @Test
    void noTwoPointsHaveOneName() {
        assertThat(CrashPoint.ALL).extracting(CrashPoint::name).doesNotHaveDuplicates();
    }

    @Test
    void aWrongNameIsRefusedWithTheRightOnes() {
        assertThatThrownBy(() -> CrashPoint.named("after-lunch"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after-lunch (expected: all, none or one of [after-claim, ");
    }

    private static byte[] classFile(CrashPoint point) throws IOException {
        try (InputStream in = CrashPointTest.class.getClassLoader().getResourceAsStream(point.place() + ".class")) {
            assertThat(in).as(point.place()).isNotNull();
            return in.readAllBytes();
        }
    }
}
