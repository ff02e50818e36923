package io.ringmain.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.logs.BudgetedText.Outcome;
import java.util.regex.Matcher;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BudgetedTextTest {

    private final BudgetedText text = new BudgetedText();

    private Outcome find(String regex, String in) {
        byte[] bytes = in.getBytes(UTF_8);
        return text.find(BudgetedText.pattern(regex).matcher(""), bytes, 0, bytes.length);
    }

    @Test
    void offsetsCountFromTheBeginningOfTheStretch() {
        byte[] bytes = "xx port=8080 xx".getBytes(UTF_8);
        Matcher matcher = BudgetedText.pattern("port=(?<port>\\d+)").matcher("");

        assertThat(text.find(matcher, bytes, 3, 9)).isEqualTo(Outcome.MATCH);
        assertThat(matcher.start("port")).isEqualTo(5);
        assertThat(matcher.end("port")).isEqualTo(9);
        assertThat(text.matches(matcher, bytes, 3, 9)).isEqualTo(Outcome.MATCH);
        assertThat(text.matches(matcher, bytes, 3, 10)).isEqualTo(Outcome.NO_MATCH);
        assertThat(text.find(matcher, bytes, 4, 8)).isEqualTo(Outcome.NO_MATCH);
        assertThat(text.length()).isEqualTo(8);
        assertThat(text.toString()).isEqualTo("ort=8080");
        assertThat(text.subSequence(0, 3)).isEqualTo("ort");
    }

    @Test
    void aPatternThatGoesBackAndForthRunsOutOfSteps() {
        String trap = "a".repeat(60) + "!";

        assertThat(find("^(a|aa)+\\1?$", trap)).isEqualTo(Outcome.EXHAUSTED);
        assertThat(find("^a+!", trap)).isEqualTo(Outcome.MATCH);
    }

    @Test
    void aPatternThatNeedsAFramePerCharacterRunsOutOfStack() {
        assertThat(find("^(?:a|b)*$", "ab".repeat(400_000))).isEqualTo(Outcome.EXHAUSTED);
        assertThat(find("^[ab]*$", "ab".repeat(400_000))).isEqualTo(Outcome.MATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "ä+,xääx",
        "^.+$,Å… ä",
        "\\Qä.\\E$,xä.",
        "\\Q[\\Eä,[ä",
        "\\ä,ä",
        "(?:ä|ö)!,ö!",
        "[^\"]*ä,ä",
        "^[]a]+ä$,]aä",
        "日+,日日",
        "a[x\\]ä]?,none"
    })
    void whatIsNotAsciiStandsForItsBytes(String regex, String in) {
        if (in.equals("none")) {
            assertThatThrownBy(() -> BudgetedText.pattern(regex)).isInstanceOf(PatternSyntaxException.class);
            return;
        }
        assertThat(find(regex, in)).isEqualTo(Outcome.MATCH);
    }

    @Test
    void aRepeatedCharacterIsRepeatedAsAWhole() {
        assertThat(find("^ä{2}$", "ää")).isEqualTo(Outcome.MATCH);
        assertThat(find("^ä{2}$", "ä")).isEqualTo(Outcome.NO_MATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[äö]", "*", "a{2", "(?<x", "\\"})
    void aMistakeIsASyntaxException(String regex) {
        assertThatThrownBy(() -> BudgetedText.pattern(regex)).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void aPatternNestedTooDeeplyIsASyntaxException() {
        String deep = "(".repeat(100_000) + ")".repeat(100_000);

        assertThatThrownBy(() -> BudgetedText.pattern(deep)).isInstanceOf(PatternSyntaxException.class);
    }
}
