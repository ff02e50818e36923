package io.ringmain.cli;

import io.ringmain.logs.JsonText;
import io.ringmain.logs.plan.Diagnostic;
import io.ringmain.logs.plan.Mark;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.PlanFile;
import io.ringmain.logs.plan.Reading;
import io.ringmain.logs.plan.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks plans without running them. */
@Command(
        name = "check",
        description = {
            "Check plans without running them: syntax, kinds, options, fields and expressions.",
            "Input files need not be there.",
            ""
        },
        footer = {"", "Exit codes: 0 all right, 2 wrong usage, 78 a plan is wrong."})
final class CheckCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Plans, in YAML.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private PlanOverrides overrides = new PlanOverrides();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    CheckCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Map<String, String> sets = overrides.byPath();
        boolean sound = true;
        JsonText json = new JsonText().beginObject().name("files").beginArray();
        for (Path file : files) {
            Reading reading = PlanFile.read(file, sets);
            sound &= reading.problems().isEmpty();
            if (format == Format.JSON) {
                json(json, file, reading.problems());
            } else {
                reading.plan().ifPresent(plan -> checked(file, plan));
                PlanReading.show(screen, file.toString(), reading.problems());
            }
        }
        if (format == Format.JSON) {
            screen.out().println(json.endArray().name("ok").bool(sound).endObject());
        }
        return sound ? ExitCodes.DONE : ExitCodes.CONFIG;
    }

    private void checked(Path file, Plan plan) {
        screen.out().println(file + ": ok");
        parts("sources", plan.sources());
        parts("steps", plan.steps());
        parts("sinks", plan.sinks());
        plan.routes().forEach(route -> screen.out().println("  route     " + PartText.route(route)));
        Settings settings = plan.settings();
        screen.out()
                .println("  settings  when_full " + PartText.whenFull(settings.whenFull()) + ", when_failed "
                        + PartText.whenFailed(settings.whenFailed()) + ", drain_within "
                        + Numbers.seconds(settings.drainWithin()));
    }

    private void parts(String section, List<Part> parts) {
        String names = parts.stream().map(CheckCommand::named).collect(Collectors.joining(", "));
        screen.out().println("  " + section + " ".repeat(10 - section.length()) + (names.isEmpty() ? "none" : names));
    }

    private static String named(Part part) {
        String spread = PartText.spread(part);
        return PartText.named(part) + (spread.isEmpty() ? "" : " (" + spread + ')');
    }

    private static void json(JsonText json, Path file, List<Diagnostic> problems) {
        json.beginObject().name("file").string(file.toString());
        json.name("ok").bool(problems.isEmpty()).name("problems").beginArray();
        for (Diagnostic problem : problems) {
            json.beginObject().name("path").string(problem.path());
            json.name("message").string(problem.message()).name("hint").string(problem.hint());
            Mark mark = problem.mark();
            if (mark != null) {
                json.name("file").string(mark.file()).name("line").number(mark.line());
                json.name("column").number(mark.column()).name("length").number(mark.length());
            }
            json.endObject();
        }
        json.endArray().endObject();
    }
}
