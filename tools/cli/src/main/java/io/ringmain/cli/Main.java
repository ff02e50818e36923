package io.ringmain.cli;

import io.ringmain.PipelineException;
import io.ringmain.cli.stat.RunDirectory;
import io.ringmain.logs.DurationText;
import io.ringmain.logs.Nearest;
import io.ringmain.logs.plan.PlanException;
import io.ringmain.spi.FailureKind;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The entry of the command. */
public final class Main {

    private Main() {}

    /** Runs the command that {@code args} name and ends the program with its exit code. */
    public static void main(String[] args) {
        Screen screen = Screen.ofProcess();
        RunDirectory runs = RunDirectory.ofUser(SystemEpochClock.INSTANCE);
        Shell shell = new Shell(screen, new FileInputStream(FileDescriptor.in), Signals.ofProcess(screen), runs);
        int code = run(shell, args);
        screen.flush();
        if (screen.out().checkError() && !screen.isReaderGone() && code == CommandLine.ExitCode.OK) {
            screen.err()
                    .println(
                            "ringmain: standard output could not be written (expected: room, and a reader); its result is lost");
            screen.err().flush();
            code = CommandLine.ExitCode.SOFTWARE;
        }
        System.exit(code);
    }

    /** Runs the command that {@code args} name; returns its exit code. */
    static int run(Shell shell, String... args) {
        Screen screen = shell.screen();
        if (List.of(args).equals(List.of("--version"))) {
            return run(shell, "version");
        }
        String verb = args.length == 0 ? "" : args[0];
        boolean isVerb = Verbs.NAMES.contains(verb);
        if (!isVerb && !verb.isEmpty() && !verb.startsWith("-")) {
            return unknown(screen, verb);
        }
        CommandLine command = new CommandLine(new RingmainCommand());
        for (String name : isVerb ? List.of(verb) : Verbs.NAMES) {
            command.addSubcommand(name, Verbs.command(name, shell));
        }
        addVerbs(command.getSubcommands().get("dlq"), () -> Verbs.ofLetters(shell));
        addVerbs(command.getSubcommands().get("journal"), () -> Verbs.ofJournals(shell));
        addVerbs(command.getSubcommands().get("counters"), () -> Verbs.ofCounters(shell));
        command.getSubcommands().values().forEach(Main::addHelp);
        addHelp(command);
        // One object: JDK 17 crashes as it archives classes for bin/ringmain if the reference stands here twice.
        ITypeConverter<Long> wholeNumber = Main::wholeNumber;
        Ansi ansi = screen.isColoured() ? Ansi.ON : Ansi.OFF;
        return command.setOut(screen.outWriter())
                .setErr(screen.errWriter())
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setUsageHelpWidth(Math.max(60, screen.textColumns()))
                .registerConverter(Duration.class, Main::duration)
                .registerConverter(Format.class, Format::parse)
                .registerConverter(Long.class, wholeNumber)
                .registerConverter(long.class, wholeNumber)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::failed)
                .execute(args);
    }

    /** Gives a command verbs of its own, if it is there. */
    private static void addVerbs(@Nullable CommandLine command, Supplier<Map<String, Object>> verbs) {
        if (command != null) {
            verbs.get().forEach(command::addSubcommand);
            command.getSubcommands().values().forEach(Main::addHelp);
        }
    }

    private static Duration duration(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        long ns = DurationText.parse(utf8, 0, utf8.length);
        if (ns < 0) {
            throw new TypeConversionException(text + " (expected: a duration such as 500ms, 10s or 1m)");
        }
        return Duration.ofNanos(ns);
    }

    private static Long wholeNumber(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException wrong) {
            throw new TypeConversionException(text + " (expected: a whole number)");
        }
    }

    private static int unknown(Screen screen, String verb) {
        String near = Nearest.to(verb, Verbs.NAMES)
                .map(name -> "; did you mean " + name + '?')
                .orElse("");
        screen.err()
                .println("ringmain: " + Screen.plain(verb) + ": no such command (expected: " + Verbs.inWords() + ')'
                        + near);
        screen.err().println("See 'ringmain --help'.");
        screen.err().flush();
        return ExitCodes.USAGE;
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .description("Show this help.")
                        .build());
    }

    private static int wrongUsage(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + problem.getMessage());
        command.getErr().println("See '" + name + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof IOException io) {
            // Of the machine, not of this program: no trace helps.
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + FailureKind.words(io));
            return ExitCodes.FAILED;
        }
        if (failure instanceof PlanException || failure instanceof PipelineException) {
            Failures.sentences(failure).forEach(sentence -> command.getErr()
                    .println(command.getCommandSpec().qualifiedName() + ": " + Screen.plain(sentence)));
            return ExitCodes.CONFIG;
        }
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": failed: " + failure);
        failure.printStackTrace(command.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }
}
