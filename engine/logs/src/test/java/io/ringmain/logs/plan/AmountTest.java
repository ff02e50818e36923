package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

    @ParameterizedTest
    @CsvSource({
        "NUMBER, 5, 5",
        "NUMBER, -5, -5",
        "NUMBER, 100_000, 100000",
        "SIZE, 4096, 4096",
        "SIZE, 64KiB, 65536",
        "SIZE, 1 MB, 1000000",
        "SIZE, 2kB, 2000",
        "SIZE, 1GiB, 1073741824",
        "DURATION, 10ms, 10000000",
        "DURATION, 5s, 5000000000",
        "DURATION, 1d, 86400000000000",
        "DURATION, 7ns, 7",
        "SHARE, 0.1, 100000000",
        "SHARE, 1, 1000000000",
        "SHARE, 0.000000001, 1",
        "SHARE, 999999999, 999999999000000000"
    })
    void amountsAreReadWithTheirUnits(OptionType type, String text, long amount) {
        assertThat(Amount.parse(type, text)).isEqualTo(OptionalLong.of(amount));
    }

    @ParameterizedTest
    @CsvSource({
        "NUMBER, 1.5",
        "NUMBER, 1e3",
        "NUMBER, _5",
        "NUMBER, 99999999999999999999",
        "SIZE, -1",
        "SIZE, 5 bytes",
        "SIZE, 9999999999GiB",
        "DURATION, 10",
        "DURATION, 10 minutes",
        "DURATION, 1M",
        "SHARE, 10%",
        "SHARE, .5",
        "SHARE, -0.1",
        "SHARE, 0.0000000001"
    })
    void otherTextsAreNoAmounts(OptionType type, String text) {
        assertThat(Amount.parse(type, text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1000, 1024, 1 << 20, 90_000_000_000L, 3_600_000_000_000L, 12_345})
    void amountIsWrittenAsItIsRead(long amount) {
        for (OptionType type : new OptionType[] {OptionType.NUMBER, OptionType.SIZE, OptionType.DURATION}) {
            assertThat(Amount.parse(type, Amount.text(type, amount))).isEqualTo(OptionalLong.of(amount));
        }
    }
}
