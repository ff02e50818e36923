package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void numbersHaveThreeDigitsThatSaySomething() {
        assertThat(List.of(Numbers.micros(84), Numbers.micros(12_340), Numbers.micros(1_822_100)))
                .containsExactly("0.08", "12.3", "1,822");
        assertThat(List.of(Numbers.rate(0), Numbers.rate(9_999), Numbers.rate(87_300), Numbers.rate(1_052_631)))
                .containsExactly("0", "9,999", "87.3k", "1.05M");
        assertThat(Numbers.seconds(Duration.ofMillis(1_930))).isEqualTo("1.93 s");
        assertThat(Numbers.percent(0.6674)).isEqualTo("66.7 %");
    }

    @Test
    void aTableThatDoesNotFitGetsNarrowGaps() {
        Table table = new Table("<name", "count").row("a", "1").row("long", "1,000");

        assertThat(table.lines(80)).containsExactly("  name  count", "  a         1", "  long  1,000");
        assertThat(table.lines(12)).containsExactly("  name count", "  a        1", "  long 1,000");
    }

    @Test
    void somethingIsNeverDrawnAsNothing() {
        assertThat(Glyphs.ASCII.bareBar(0.0001, 10)).isEqualTo("#");
        assertThat(Glyphs.ASCII.bareBar(0, 10)).isEmpty();
        assertThat(Glyphs.ASCII.bar(0.5, 4)).isEqualTo("##..");
    }
}
