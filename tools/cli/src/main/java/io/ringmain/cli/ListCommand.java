package io.ringmain.cli;

import io.ringmain.logs.JsonText;
import io.ringmain.logs.expression.Functions;
import io.ringmain.logs.plan.Kind;
import io.ringmain.logs.plan.Kinds;
import io.ringmain.logs.plan.Role;
import io.ringmain.logs.plan.Wrapped;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what plans can be made of. */
@Command(
        name = "list",
        description = {"List what plans can be made of; describe shows one of them with its options.", ""},
        footer = {"", "Exit codes: 0 done, 2 wrong usage."})
final class ListCommand implements Callable<Integer> {

    private static final List<String> TOPICS = List.of("sources", "steps", "sinks", "functions");

    private final Screen screen;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TOPIC",
            arity = "0..1",
            description = "sources, steps, sinks or functions; all if left out.")
    private @Nullable String topic;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    ListCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        if (topic != null && !TOPICS.contains(topic)) {
            throw new ParameterException(
                    spec.commandLine(), "TOPIC: " + topic + " (expected: sources, steps, sinks or functions)");
        }
        JsonText json = new JsonText().beginObject();
        boolean isFirst = true;
        for (String each : topic == null ? TOPICS : List.of(topic)) {
            if (format == Format.JSON) {
                json(json, each);
            } else {
                if (!isFirst) {
                    screen.out().println();
                }
                text(each);
            }
            isFirst = false;
        }
        if (format == Format.JSON) {
            screen.out().println(json.endObject());
        }
        return ExitCodes.DONE;
    }

    private static List<Kind> kinds(String topic) {
        return Kinds.all().stream()
                .filter(kind -> kind.role().section().equals(topic))
                .toList();
    }

    private static boolean isFunctions(String topic) {
        return List.of(Role.values()).stream().noneMatch(role -> role.section().equals(topic));
    }

    private void text(String topic) {
        screen.out().println(screen.heading(topic));
        if (isFunctions(topic)) {
            int width = Functions.all().stream()
                    .mapToInt(function -> function.name().length())
                    .max()
                    .orElse(0);
            Functions.all().forEach(function -> line(function.name(), width, function.sentence()));
        } else {
            int width = Kinds.all().stream()
                    .mapToInt(kind -> kind.name().length())
                    .max()
                    .orElse(0);
            kinds(topic).forEach(kind -> line(kind.name(), width, kind.sentence()));
        }
    }

    private void line(String name, int width, String sentence) {
        String indent = " ".repeat(2 + width + 2);
        List<String> lines = Wrapped.lines(sentence, screen.textColumns() - indent.length());
        screen.out().println("  " + name + " ".repeat(width - name.length()) + "  " + lines.get(0));
        lines.stream().skip(1).forEach(more -> screen.out().println(indent + more));
    }

    private static void json(JsonText json, String topic) {
        json.name(topic).beginArray();
        if (isFunctions(topic)) {
            for (Functions.Function function : Functions.all()) {
                json.beginObject().name("name").string(function.name());
                json.name("signature").string(function.signature());
                json.name("sentence").string(function.sentence());
                json.name("example").string(function.example()).endObject();
            }
        } else {
            for (Kind kind : kinds(topic)) {
                json.beginObject().name("name").string(kind.name());
                json.name("sentence").string(kind.sentence());
                json.name("example").string(kind.example()).endObject();
            }
        }
        json.endArray();
    }
}
