package io.ringmain.perf.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.perf.kit.Rounds.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sides take turns, and must find the same. */
@Timeout(20)
class RoundsTest {

    private final List<String> turns = new ArrayList<>();

    private Supplier<Ran> side(String name, double tookNs, long hash) {
        return () -> {
            turns.add(name);
            return new Ran(tookNs * (1 + turns.size()), 1, hash);
        };
    }

    @Test
    void whoGoesFirstChanges() {
        var rounds = new Rounds(List.of(side("a", 1, 7), side("b", 1, 7), side("c", 1, 7)));

        rounds.measure(3);

        assertThat(String.join("", turns)).isEqualTo("abcbcacab");
    }

    @Test
    void aRatioIsThatOfOneRound() {
        var rounds = new Rounds(List.of(side("a", 10, 7), side("b", 20, 7)));
        rounds.warmUp(2);
        turns.clear();

        rounds.measure(2);

        // 20 and 60 in the first round, 80 and 50 in the second: a is second there.
        assertThat(rounds.tookNs(0).max()).isEqualTo(50);
        assertThat(rounds.ratios(1, 0).max()).isEqualTo(3);
        assertThat(rounds.ratios(1, 0).min()).isEqualTo(1.6);
        assertThat(rounds.hash()).isEqualTo(7);
    }

    @Test
    void aSideThatFoundSomethingElseIsRefused() {
        var rounds = new Rounds(List.of(side("a", 1, 7), side("b", 1, 8)));

        assertThatThrownBy(() -> rounds.measure(1)).hasMessageContaining("hash of side 1: 8 (expected: the same");
    }
}
