package io.ringmain.logs.plan;

import io.ringmain.logs.FieldType;
import java.util.Set;

/** What steps that judge a number beside those before it have in common. */
final class Judged {

    static final OptionSpec FIELD = OptionSpec.of(
                    "field", OptionType.TEXT, "requests", "The field that is looked at, a number.")
            .required();

    private static final Set<FieldType> NUMBERS =
            Set.of(FieldType.NUMBER, FieldType.DURATION, FieldType.TEXT, FieldType.ANY);

    /** The most series that a step may tell apart. */
    private static final int GROUPS_LIMIT = 1_000_000;

    private Judged() {}

    static OptionSpec groupsMax(int byDefault, String sentence) {
        return OptionSpec.of("max_groups", OptionType.NUMBER, "1000", sentence)
                .defaulting(Integer.toString(byDefault))
                .between(1, GROUPS_LIMIT);
    }

    /** Reports a field that is not there, or never a number; text may be one. */
    static void checkField(Scope scope) {
        for (Written name : scope.texts(FIELD)) {
            scope.field(name, scope.schema())
                    .filter(type -> !NUMBERS.contains(type))
                    .ifPresent(type -> scope.problem(
                            name,
                            name.text() + " is " + TypeWords.of(type) + " (expected: a number)",
                            "choose a field that is one"));
        }
    }
}
