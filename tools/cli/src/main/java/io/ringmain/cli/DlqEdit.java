package io.ringmain.cli;

import io.ringmain.cli.letters.EditedEvent;
import io.ringmain.cli.letters.LetterEvents;
import io.ringmain.cli.letters.LetterJson;
import io.ringmain.cli.letters.LetterSight;
import io.ringmain.cli.letters.RunningStore;
import io.ringmain.journal.FoundLetter;
import io.ringmain.journal.LetterId;
import io.ringmain.journal.LetterState;
import io.ringmain.logs.LogEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes the event of a letter. */
@Command(
        name = "edit",
        description = {
            "Change the line of a dead letter, or fields of its event. The letter stays as it is, marked as edited; a new one has the changed event,",
            "and can be tried again. Without --set and --payload the line is opened in $EDITOR.",
            ""
        },
        footer = {"", "Exit codes: 0 done, 1 the letter is not open or cannot be changed, 2 wrong usage."})
final class DlqEdit implements Callable<Integer> {

    private final Shell shell;
    private final Screen screen;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Option(names = "--set", paramLabel = "FIELD=VALUE", description = "Set a field; may be given more than once.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--payload",
            paramLabel = "FILE",
            description = "Take the line from this file; - for standard input.")
    private @Nullable Path payload;

    DlqEdit(Shell shell) {
        this.shell = shell;
        screen = shell.screen();
    }

    @Override
    public Integer call() throws IOException {
        long id = options.only();
        if (payload != null && !sets.isEmpty()) {
            throw options.wrong("--set: beside --payload (expected: one of them); a new line is parsed anew");
        }
        Path directory = options.directory();
        Optional<FoundLetter> found = new LetterSight(directory).find(id);
        if (found.isEmpty() || found.get().state() != LetterState.OPEN) {
            return refuse(
                    found.isEmpty()
                            ? "no letter " + LetterId.text(id) + " (expected: one of list)"
                            : "letter " + LetterId.text(id) + " is "
                                    + LetterJson.word(found.get().state()) + " (expected: open); nothing done");
        }
        EditedEvent edited = edited(found.get());
        if (edited == null) {
            return ExitCodes.FAILED;
        }
        Optional<RunningStore> running = RunningStore.find(shell.runs(), directory);
        OptionalLong child = running.isPresent()
                ? running.get().edit(id, edited)
                : StoppedStore.change(directory, store -> edited.writeTo(store, id));
        if (child.isEmpty()) {
            return refuse("letter " + LetterId.text(id) + " is not open any more; nothing done");
        }
        screen.out().println(LetterId.text(child.getAsLong()));
        return ExitCodes.DONE;
    }

    /** Returns the changed event; null if it cannot be, or is not changed, which has been said then. */
    private @Nullable EditedEvent edited(FoundLetter found) throws IOException {
        LetterEvents events = new LetterEvents();
        LogEvent event = events.read(found.letter());
        if (!sets.isEmpty()) {
            for (String set : sets) {
                int equals = set.indexOf('=');
                if (equals < 1) {
                    throw options.wrong("--set: " + set + " (expected: field=value, such as status=200)");
                }
                events.set(set.substring(0, equals), set.substring(equals + 1));
            }
            return events.write();
        }
        if (event.fields().count() > 0) {
            refuse("letter " + LetterId.text(found.letter().id()) + " failed at "
                    + found.letter().stage()
                    + ", behind the step that has parsed its line (expected: --set for its fields)");
            return null;
        }
        byte[] before = found.letter().payload();
        byte[] line = payload == null ? inEditor(before) : read(payload);
        if (Arrays.equals(before, line)) {
            refuse("the line is as it was; nothing done");
            return null;
        }
        events.setLine(line);
        return events.write();
    }

    private byte[] read(Path file) throws IOException {
        byte[] bytes = file.toString().equals("-") ? shell.in().readAllBytes() : Files.readAllBytes(file);
        return withoutEnd(bytes);
    }

    /** Editors put a line end behind the last line. */
    private static byte[] withoutEnd(byte[] bytes) {
        return bytes.length > 0 && bytes[bytes.length - 1] == '\n' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private byte[] inEditor(byte[] before) throws IOException {
        String editor = Optional.ofNullable(System.getenv("VISUAL"))
                .or(() -> Optional.ofNullable(System.getenv("EDITOR")))
                .orElse("vi");
        Path file = Files.createTempFile("ringmain", ".line");
        try {
            Files.write(file, before);
            // By a shell: people have options in $EDITOR.
            Process process = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString())
                    .inheritIO()
                    .start();
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(editor + ": ended with " + code + " (expected: 0); nothing done");
            }
            return withoutEnd(Files.readAllBytes(file));
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted; nothing done", unexpected);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private int refuse(String why) {
        screen.say("dlq", why);
        return ExitCodes.FAILED;
    }
}
