package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What kinds and options say about themselves is complete, and true. */
class KindsTest {

    @Test
    void namesAreUniqueInARole() {
        for (Role role : Role.values()) {
            assertThat(Kinds.names(role)).doesNotHaveDuplicates().isNotEmpty();
        }
    }

    @Test
    void kindsAndOptionsHaveSentences() {
        for (Kind kind : Kinds.all()) {
            assertThat(kind.sentence()).as(kind.toString()).matches("[A-Z].*\\.");
            for (OptionSpec spec : kind.options()) {
                assertThat(spec.sentence()).as(kind + "." + spec.name()).matches("(?s)[A-Z].*\\.");
                assertThat(spec.name()).matches("[a-z][a-z0-9_]*");
                assertThat(spec.example()).isNotEmpty();
            }
        }
    }

    @Test
    void shortFormIsAnOptionOfItsKind() {
        for (Kind kind : Kinds.all()) {
            kind.shortForm().ifPresent(spec -> assertThat(kind.options()).contains(spec));
        }
    }

    @Test
    void examplesOfKindsAreRight() {
        for (Kind kind : Kinds.all()) {
            assertThat(Diagnostics.render(PlanTexts.read(planWith(kind)).problems()))
                    .as(kind.toString())
                    .isEmpty();
        }
    }

    @Test
    void examplesAndDefaultsOfOptionsAreRight() {
        for (Kind kind : Kinds.all()) {
            for (OptionSpec spec : kind.options()) {
                List<String> values = new ArrayList<>(List.of(spec.example()));
                values.addAll(spec.defaultText().isEmpty() ? List.of() : List.of(spec.defaultText()));
                for (String value : values) {
                    assertThat(typeProblems(spec, value))
                            .as(kind + ": " + spec.name() + ": " + value)
                            .isEmpty();
                }
            }
        }
    }

    private static List<Diagnostic> typeProblems(OptionSpec spec, String value) {
        Problems problems = new Problems();
        Node.Entries entries = (Node.Entries) YamlText.read(spec.name() + ": " + value, "option.yaml", problems)
                .orElseThrow();
        OptionCheck.check(Options.of("", null, entries), List.of(spec), problems);
        return problems.sorted();
    }

    private static String planWith(Kind kind) {
        String source = kind.role() == Role.SOURCE ? kind.example() : "web: {type: file, path: access.log}";
        String step = kind.role() == Role.STEP ? kind.example() : "- take: 1";
        String sink = kind.role() == Role.SINK ? kind.example() : "out: {type: console}";
        String first = kind.name().equals("parse") ? "" : "  - parse: combined\n";
        if (kind.name().equals("alert")) {
            first += "  - window: {every: 1m, compute: {requests: count()}}\n";
        }
        return "sources:\n  " + source + "\nsteps:\n" + first + "  " + step + "\nsinks:\n  " + sink
                + "\nwhen_failed: skip\n";
    }
}
