package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each plan in {@code plans/wrong} gives exactly the text in the file beside it. */
class WrongPlansTest {

    static Stream<String> names() {
        return PlanTexts.in("wrong").stream()
                .map(file -> file.getFileName().toString().replace(".yaml", ""));
    }

    @ParameterizedTest
    @MethodSource("names")
    void wrongPlanGivesItsMessages(String name) {
        Path file = PlanTexts.in("wrong").get(0).resolveSibling(name + ".yaml");
        Path expected = file.resolveSibling(name + ".txt");

        Reading reading = PlanFile.read(PlanTexts.text(file), name + ".yaml", Map.of());

        assertThat(reading.plan()).isEmpty();
        assertThat(Diagnostics.render(reading.problems())).isEqualTo(PlanTexts.text(expected));
    }

    @Test
    void theCorpusIsLargeAndComplete() {
        List<Path> plans = PlanTexts.in("wrong");

        assertThat(plans).hasSizeGreaterThanOrEqualTo(60);
        assertThat(plans)
                .allMatch(plan -> Files.exists(
                        plan.resolveSibling(plan.getFileName().toString().replace(".yaml", ".txt"))));
    }

    @Test
    void everyMessageSaysWhatWasExpectedOrWhatToDo() {
        for (String name : names().toList()) {
            Path file = PlanTexts.in("wrong").get(0).resolveSibling(name + ".yaml");

            List<Diagnostic> problems = PlanFile.read(PlanTexts.text(file), name + ".yaml", Map.of())
                    .problems();

            assertThat(problems)
                    .as(name)
                    .isNotEmpty()
                    .allMatch(problem -> problem.message().contains("(expected: ")
                            || !problem.hint().isEmpty());
        }
    }
}
