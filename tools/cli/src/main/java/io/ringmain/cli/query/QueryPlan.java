package io.ringmain.cli.query;

import io.ringmain.cli.query.Query.Stage;
import io.ringmain.logs.plan.Diagnostic;
import io.ringmain.logs.plan.Mark;
import io.ringmain.logs.plan.PlanFile;
import io.ringmain.logs.plan.Reading;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The plan of a question, as text: one line per stage, so that a problem of the plan can be shown in the question.
 *
 * <p>Thread: any; it does not change.
 */
public final class QueryPlan {

    /** The name of the only sink. */
    public static final String SINK = "out";

    /** The name of the only source. */
    public static final String SOURCE = "in";

    /** What stands before a step. */
    private static final String DASH = "  - ";

    private final String question;
    private final List<Stage> stages;
    private final String head;
    private final String tail;

    QueryPlan(String question, List<Stage> stages, List<String> paths, String format, String sink) {
        this.question = question;
        this.stages = stages;
        String source = paths.isEmpty()
                ? "{type: stdin}"
                : "{type: file, path: [" + paths.stream().map(Yaml::quoted).collect(Collectors.joining(", ")) + "]}";
        head = "name: query\nsources: {" + SOURCE + ": " + source + "}\nsteps:\n" + DASH + "parse: " + format + '\n';
        // What is not of the format is counted, whatever the number; nobody asked for it to be kept.
        tail = "sinks: {" + SINK + ": " + sink + "}\nwhen_failed: skip\n";
    }

    /** The plan as a file would have it. */
    public String text() {
        return head + stages.stream().map(stage -> DASH + line(stage) + '\n').collect(Collectors.joining()) + tail;
    }

    private static String line(Stage stage) {
        return stage.before()
                + (stage.value() == null ? "" : Yaml.quoted(stage.value().text()))
                + stage.after();
    }

    /** Reads the plan; the marks of problems that lie in the question are places of the question. */
    public Reading read() {
        Reading reading = PlanFile.read(text(), "query", Map.of());
        return new Reading(
                reading.plan(), reading.problems().stream().map(this::moved).toList());
    }

    private Diagnostic moved(Diagnostic problem) {
        Mark mark = problem.mark();
        int index = mark == null ? -1 : mark.line() - 1 - (int) head.lines().count();
        if (mark == null || index < 0 || index >= stages.size()) {
            return problem;
        }
        Stage stage = stages.get(index);
        int offset = stage.piece().offset();
        int length = stage.piece().text().length();
        int begin = DASH.length() + stage.before().length() + 1;
        if (stage.value() != null && mark.column() > begin) {
            String quoted = mark.text().substring(begin);
            int within = Yaml.unquoted(quoted, mark.column() - 1 - begin);
            int end = Yaml.unquoted(quoted, mark.column() - 1 - begin + mark.length());
            int valueLength = stage.value().text().length();
            if (within <= valueLength) {
                offset = stage.value().offset() + within;
                length = Math.min(end, valueLength) - within;
            }
        }
        Mark place = new Mark("query", 1, offset + 1, Math.max(1, length), question);
        // Which setting of the plan it is says nothing to somebody who has not seen it.
        return new Diagnostic(place, "", problem.message(), problem.hint());
    }
}
