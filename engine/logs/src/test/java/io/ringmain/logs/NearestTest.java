package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> NAMES = List.of("status", "size", "time", "http.method", "path");

    @ParameterizedTest
    @CsvSource({"staus,status", "sttaus,status", "STATUS,status", "statuses,status", "pth,path", "tiem,time"})
    void aMistakeOrTwoAreForgiven(String word, String meant) {
        assertThat(Nearest.to(word, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"referrer", "s", "st", "stash", "''"})
    void aWordThatIsFarFromAllMeansNone(String word) {
        assertThat(Nearest.to(word, NAMES)).isEmpty();
    }

    @Test
    void theFirstOfEqualsWins() {
        assertThat(Nearest.to("bat", List.of("cat", "hat"))).contains("cat");
        assertThat(Nearest.to("hat", List.of("cat", "hat"))).contains("hat");
    }
}
