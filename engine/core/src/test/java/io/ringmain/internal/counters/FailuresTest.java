package io.ringmain.internal.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.internal.counters.Failures.Entry;
import org.junit.jupiter.api.Test;

/** Failures are kept apart by place and class, and there is an end to that. */
class FailuresTest {

    private final Failures failures = new Failures();

    @Test
    void theSamePlaceAndClassAreOneEntryWithTheFirstMessage() {
        failures.record("parse", new IllegalStateException("bad input 1"));
        failures.record("parse", new IllegalStateException("bad input 2"));
        failures.record("parse", new IllegalArgumentException("other class"));
        failures.record("sink", new IllegalStateException());

        assertThat(failures.entries())
                .containsExactly(
                        new Entry("parse", "java.lang.IllegalStateException", "bad input 1", 2, null),
                        new Entry("parse", "java.lang.IllegalArgumentException", "other class", 1, null),
                        new Entry("sink", "java.lang.IllegalStateException", "", 1, null));
    }

    @Test
    void whatIsOverTheLimitIsCountedTogether() {
        for (int i = 0; i < 3 * Failures.DISTINCT_MAX; i++) {
            failures.record("stage-" + i, new IllegalStateException("m" + i));
        }
        failures.record("stage-0", new IllegalStateException("known"));

        assertThat(failures.entries()).hasSize(Failures.DISTINCT_MAX + 1);
        assertThat(failures.entries().get(0).count()).isEqualTo(2);
        assertThat(failures.entries().get(Failures.DISTINCT_MAX))
                .isEqualTo(new Entry(
                        "other", "other", "more than 64 distinct failures", 2L * Failures.DISTINCT_MAX, null));
        assertThat(failures.entries().stream().mapToLong(Entry::count).sum()).isEqualTo(3L * Failures.DISTINCT_MAX + 1);
    }

    @Test
    void theFirstEventIsRemembered() {
        failures.record("parse", new IllegalStateException("bad"), new Failures.Origin("web", 7));
        failures.record("parse", new IllegalStateException("bad"), new Failures.Origin("web", 9));

        assertThat(failures.entries()).extracting(Failures.Entry::first).containsExactly(new Failures.Origin("web", 7));
    }
}
