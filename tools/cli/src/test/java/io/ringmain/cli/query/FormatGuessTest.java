package io.ringmain.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormatGuessTest {

    @Test
    void aLongTextInQuotesNeedsNoStack() {
        String plain = "a".repeat(60_000);
        String escaped = "\\n\\t".repeat(15_000);

        assertThat(FormatGuess.of(List.of("{\"script\":\"" + plain + "\"}"))).contains("json");
        assertThat(FormatGuess.of(List.of("{\"script\":\"" + escaped + "\"}"))).contains("json");
        assertThat(FormatGuess.of(List.of("level=info msg=\"" + plain + " and " + escaped + "\"")))
                .contains("logfmt");
        assertThat(FormatGuess.of(List.of("level=info msg=\"never closed " + escaped)))
                .isEmpty();
    }
}
