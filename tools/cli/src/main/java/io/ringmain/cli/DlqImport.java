package io.ringmain.cli;

import io.ringmain.cli.letters.ExportedLetter;
import io.ringmain.cli.letters.LineInput;
import io.ringmain.cli.letters.RunningStore;
import io.ringmain.cli.letters.WrongLineException;
import io.ringmain.journal.ChronicleDeadLetters;
import io.ringmain.journal.LetterId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads letters that another directory had. */
@Command(
        name = "import",
        description = {
            "Add what dlq export has written to a directory of dead letters, which no run writes to: each line is a new letter, and open.",
            "",
            "It keeps its time, its attempts and where it came from, and has another number. Lines that are wrong are said, and the others imported.",
            ""
        },
        footer = {"", "Exit codes: 0 all imported, 1 some were wrong, or failed, 2 wrong usage."})
final class DlqImport implements Callable<Integer> {

    private static final int WRONG_SHOWN = 10;

    private final Shell shell;
    private final Screen screen;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The directory of the dead letters; made if it is not there.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path directory;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "What dlq export has written; - for standard input (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path file;

    @Option(names = "--dry-run", description = "Only say how many letters that would be, and what is wrong.")
    private boolean dryRun;

    private final Map<String, Integer> doneWith = new TreeMap<>();
    private long wrong;
    private long count;
    private long first;
    private long last;

    DlqImport(Shell shell) {
        this.shell = shell;
        screen = shell.screen();
    }

    @Override
    public Integer call() throws IOException {
        boolean isStandardInput = file.toString().equals("-");
        if (!isStandardInput && !Files.isRegularFile(file)) {
            throw new ParameterException(
                    spec.commandLine(), "FILE: " + file + ": no file (expected: what dlq export has written, or -)");
        }
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new ParameterException(
                    spec.commandLine(), "DIR: " + directory + ": no directory (expected: one, or a name that is free)");
        }
        Optional<RunningStore> running =
                Files.isDirectory(directory) ? RunningStore.find(shell.runs(), directory) : Optional.empty();
        if (running.isPresent() && !dryRun) {
            say(directory + ": in use by PID " + running.get().pid()
                    + " (expected: no run that writes there); import when it has ended, or into another directory");
            return ExitCodes.FAILED;
        }
        if (isStandardInput) {
            read(shell.in(), "standard input");
        } else {
            try (InputStream in = Files.newInputStream(file)) {
                read(in, file.toString());
            }
        }
        return show();
    }

    private void read(InputStream in, String name) throws IOException {
        if (dryRun) {
            read(new LineInput(in), name, null);
        } else {
            StoppedStore.change(directory, store -> {
                read(new LineInput(in), name, store);
                return count;
            });
        }
    }

    private void read(LineInput in, String name, @Nullable ChronicleDeadLetters store) throws IOException {
        byte[] line = in.next();
        while (line != null) {
            try {
                read(line, in.isCut(), store);
            } catch (WrongLineException no) {
                wrong++;
                if (wrong <= WRONG_SHOWN) {
                    say(name + ':' + in.number() + ':' + no.column() + ": " + no.getMessage());
                }
            } catch (IOException unwritten) {
                say(name + ':' + in.number() + ": not imported, nor what stands behind it; "
                        + Numbers.counted(count, "letter") + " imported before it");
                throw unwritten;
            }
            line = in.next();
        }
    }

    private void read(byte[] line, boolean isCut, @Nullable ChronicleDeadLetters store)
            throws IOException, WrongLineException {
        if (new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
            return;
        }
        ExportedLetter letter = ExportedLetter.of(line, isCut);
        if (store != null) {
            last = store.bring(letter.copy());
            first = count == 0 ? last : first;
        }
        count++;
        if (letter.wasDoneWith()) {
            doneWith.merge(letter.state(), 1, Integer::sum);
        }
    }

    private int show() {
        if (wrong > WRONG_SHOWN) {
            say("and " + Numbers.counted(wrong - WRONG_SHOWN, "more wrong line"));
        }
        if (!doneWith.isEmpty()) {
            say("note: not all were open where they come from, "
                    + doneWith.toString().replaceAll("[{}]", "").replace("=", " ")
                    + "; here they are open; dlq export --state open leaves them out");
        }
        String letters = Numbers.counted(count, "letter");
        String ids = count == 0 || dryRun
                ? ""
                : ", " + LetterId.text(first) + (count == 1 ? "" : " to " + LetterId.text(last));
        screen.out().println((dryRun ? "would import " : "imported ") + letters + ids);
        return wrong == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void say(String text) {
        screen.say("dlq", text);
    }
}
