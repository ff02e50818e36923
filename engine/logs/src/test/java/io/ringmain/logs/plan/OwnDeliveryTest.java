package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Breaker;
import io.ringmain.config.Delivery;
import io.ringmain.config.WhenFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What plans say about how sinks are given their events. */
class OwnDeliveryTest {

    private static final int BOUND = 8192;

    private static Plan plan(String name) {
        Path file = PlanTexts.in("right").get(0).resolveSibling(name + ".yaml");
        return PlanFile.read(file, Map.of()).plan().orElseThrow();
    }

    @Test
    void batchesAndBreakersAreReadAsTheyAreWritten() {
        List<Part> sinks = plan("delivery").sinks();

        assertThat(OwnDelivery.of(sinks.get(0), BOUND))
                .isEqualTo(Delivery.of(Batching.of(100, Duration.ofMillis(250))));
        assertThat(OwnDelivery.of(sinks.get(1), BOUND)).isEqualTo(Delivery.DEFAULT.breaker(Breaker.DEFAULT));
        assertThat(OwnDelivery.of(sinks.get(2), BOUND))
                .isEqualTo(Delivery.DEFAULT.breaker(Breaker.after(1, Duration.ofMinutes(5), Duration.ofMinutes(5))));
        assertThat(OwnDelivery.of(sinks.get(3), BOUND))
                .isEqualTo(Delivery.of(Batching.of(64, Duration.ofSeconds(1)))
                        .breaker(Breaker.after(3, Duration.ofMillis(100), Duration.ofSeconds(10))));
    }

    @Test
    void aSinkThatSaysNothingHasTheDefaults() {
        Plan plan = plan("shop");

        assertThat(OwnDelivery.of(plan.sinks().get(0), BOUND)).isEqualTo(Delivery.DEFAULT);
        assertThat(OwnDelivery.breaker(plan.sinks().get(0))).isEmpty();
        assertThat(OwnDelivery.breaker(plan.sources().get(0))).isEmpty();
    }

    @Test
    void whatBecomesOfEventsThatASinkCouldNotTakeIsReadAsItIsWritten() {
        Plan plan = plan("own-fates");
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofMinutes(1)).withoutJitter();
        WhenFailed patient =
                WhenFailed.retry(5, backoff, WhenFailed.deadLetter()).within(Duration.ofMinutes(10));

        assertThat(plan.sinks())
                .extracting(sink -> OwnDelivery.of(sink, BOUND).whenFailed())
                .containsExactly(WhenFailed.stop(), WhenFailed.skip(), patient, null);
        assertThat(plan.settings().whenFailed()).isEqualTo(WhenFailed.stop());
    }

    @Test
    void deadLettersOfOneSinkAreKeptAsThoseOfThePipeline() {
        assertThat(plan("own-fates").keepsLetters()).isTrue();
        assertThat(plan("shop").keepsLetters()).isTrue();
        assertThat(plan("delivery").keepsLetters()).isTrue();
        assertThat(plan("checkpoint").keepsLetters()).isFalse();
    }

    @Test
    void aSmallerRingMakesSmallerBatches() {
        assertThat(OwnDelivery.batching(plan("delivery").sinks().get(0), 16).countMax())
                .isEqualTo(16);
    }
}
