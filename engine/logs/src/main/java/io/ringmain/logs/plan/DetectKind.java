package io.ringmain.logs.plan;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.step.Detect;
import io.ringmain.spi.Stage;
import java.util.List;
import java.util.Optional;

/** {@code detect}: how unusual a number is for its series. */
final class DetectKind extends StageKind {

    private static final OptionSpec BY = OptionSpec.of(
            "by",
            OptionType.FIELDS,
            "[sensor]",
            "The fields whose values make the series; without them all events are one series.");

    private static final OptionSpec GROUPS_MAX = Judged.groupsMax(
            1000,
            "How many series are told apart, each of 13 KB; events of the rest get no score, but are counted. Beside partition so many for each of 128 groups of keys.");

    DetectKind() {
        super(
                "detect",
                "Says in anomaly_score how unusual a number is for its series and the hour of the day, from 0 to 1; it learns as it goes, and needs no setting.",
                List.of(Judged.FIELD, BY, GROUPS_MAX));
    }

    @Override
    public String example() {
        return "- detect: {field: bytes, by: [path]}";
    }

    @Override
    boolean remembers() {
        return true;
    }

    @Override
    Optional<List<String>> series(Part part, List<String> groupedBy) {
        return Optional.of(part.options().texts(BY));
    }

    @Override
    Schema check(Scope scope) {
        Judged.checkField(scope);
        scope.texts(BY).forEach(field -> scope.field(field, scope.schema()));
        scope.give(Detect.SCORE);
        return scope.schema().with(Detect.SCORE, FieldType.NUMBER);
    }

    @Override
    Stage<LogEvent> stage(Part part, Site site) {
        Options options = part.options();
        Detect detect = new Detect(
                site.keys(), options.text(Judged.FIELD), options.texts(BY), (int) options.number(GROUPS_MAX));
        site.findings().judging(part.name(), detect::unjudged);
        return detect;
    }
}
