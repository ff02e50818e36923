package io.ringmain.cli;

import io.ringmain.logs.JsonText;
import io.ringmain.logs.Nearest;
import io.ringmain.logs.expression.Functions;
import io.ringmain.logs.plan.Kind;
import io.ringmain.logs.plan.Kinds;
import io.ringmain.logs.plan.OptionSpec;
import io.ringmain.logs.plan.OptionType;
import io.ringmain.logs.plan.Overflow;
import io.ringmain.logs.plan.PlanFile;
import io.ringmain.logs.plan.Spread;
import io.ringmain.logs.plan.Wrapped;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows all there is to know about one kind of part, or one function. */
@Command(
        name = "describe",
        description = {"Show a source, step, sink or function: what it does, its options, an example.", ""},
        footer = {"", "Exit codes: 0 done, 2 wrong usage."})
final class DescribeCommand implements Callable<Integer> {

    private final Screen screen;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(paramLabel = "KIND", description = "A name that list shows.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private String name;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    DescribeCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        List<Kind> kinds =
                Kinds.all().stream().filter(kind -> kind.name().equals(name)).toList();
        List<Functions.Function> functions = Functions.all().stream()
                .filter(function -> function.name().equals(name))
                .toList();
        if (kinds.isEmpty() && functions.isEmpty()) {
            throw unknown();
        }
        if (format == Format.JSON) {
            screen.out().println(json(kinds, functions));
            return ExitCodes.DONE;
        }
        boolean isFirst = true;
        for (Kind kind : kinds) {
            text(kind, isFirst);
            isFirst = false;
        }
        for (Functions.Function function : functions) {
            text(function, isFirst);
            isFirst = false;
        }
        return ExitCodes.DONE;
    }

    private ParameterException unknown() {
        List<String> names = Stream.concat(
                        Kinds.all().stream().map(Kind::name),
                        Functions.all().stream().map(Functions.Function::name))
                .distinct()
                .toList();
        if (PlanFile.words().contains(name)) {
            // What people look for here and is no kind.
            return new ParameterException(
                    spec.commandLine(),
                    "KIND: " + name + " (expected: a source, step, sink or function); it is a word of the plan itself: "
                            + "'ringmain schema' has its forms, 'ringmain describe parse' what may stand beside a step");
        }
        String near = Nearest.to(name, names)
                .map(word -> "; did you mean " + word + '?')
                .orElse("");
        return new ParameterException(
                spec.commandLine(), "KIND: " + name + " (expected: a name that 'ringmain list' shows)" + near);
    }

    private void text(Kind kind, boolean isFirst) {
        PrintStream out = screen.out();
        out.print(isFirst ? "" : "\n");
        out.println(screen.heading(kind.role().word() + ' ' + kind.name()));
        indented(kind.sentence(), 2);
        out.println();
        kind.example().lines().forEach(line -> out.println("    " + line));
        for (OptionSpec option : kind.options()) {
            out.println();
            String fate = option.isRequired()
                    ? ", required"
                    : option.defaultText().isEmpty() ? "" : ", default " + option.defaultText();
            boolean isShort = kind.shortForm().filter(option::equals).isPresent();
            String alone = isShort ? "; may stand alone: " + kind.name() + ": " + option.example() : "";
            out.println("  " + option.name() + ": " + option.expected() + fate + alone);
            indented(option.sentence(), 6);
            out.println("      " + option.name() + ": " + option.example());
            if (option.type() == OptionType.POLICY) {
                policies(option);
            }
            option.members().forEach(own -> indented(own.name() + ": " + own.sentence(), 10));
        }
        for (Spread.Way way : kind.spreads()) {
            out.println();
            out.println("  beside " + kind.name() + ": " + way.example());
            indented(way.sentence(), 6);
            way.options().forEach(option -> indented(option.name() + ": " + option.sentence(), 6));
        }
    }

    private void policies(OptionSpec option) {
        for (Overflow overflow : Overflow.values()) {
            if (option.choices().contains(overflow.word())) {
                indented(overflow.word() + ": " + overflow.fate(), 6);
                overflow.options().forEach(own -> indented(own.name() + ": " + own.sentence(), 10));
            }
        }
    }

    private void text(Functions.Function function, boolean isFirst) {
        PrintStream out = screen.out();
        out.print(isFirst ? "" : "\n");
        out.println(screen.heading("function " + function.name()));
        indented(function.sentence(), 2);
        out.println();
        out.println("    " + function.signature());
        out.println();
        out.println("    " + function.example());
    }

    private void indented(String text, int indent) {
        Wrapped.lines(text, screen.textColumns() - indent)
                .forEach(line -> screen.out().println(" ".repeat(indent) + line));
    }

    private static String json(List<Kind> kinds, List<Functions.Function> functions) {
        JsonText json = new JsonText().beginArray();
        for (Kind kind : kinds) {
            json.beginObject()
                    .name("role")
                    .string(kind.role().word())
                    .name("name")
                    .string(kind.name());
            json.name("sentence").string(kind.sentence());
            json.name("example").string(kind.example()).name("options").beginArray();
            for (OptionSpec option : kind.options()) {
                json.beginObject().name("name").string(option.name());
                json.name("type").string(option.type().name().toLowerCase(Locale.ROOT));
                json.name("expected").string(option.expected());
                json.name("required").bool(option.isRequired());
                json.name("default").string(option.defaultText());
                json.name("example").string(option.example());
                json.name("sentence").string(option.sentence()).endObject();
            }
            json.endArray().name("beside").beginArray();
            for (Spread.Way way : kind.spreads()) {
                json.beginObject().name("name").string(way.word());
                json.name("example").string(way.example());
                json.name("sentence").string(way.sentence()).endObject();
            }
            json.endArray().endObject();
        }
        for (Functions.Function function : functions) {
            json.beginObject().name("role").string("function").name("name").string(function.name());
            json.name("signature").string(function.signature());
            json.name("sentence").string(function.sentence());
            json.name("example").string(function.example()).endObject();
        }
        return json.endArray().toString();
    }
}
