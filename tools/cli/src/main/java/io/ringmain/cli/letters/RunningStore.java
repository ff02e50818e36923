package io.ringmain.cli.letters;

import io.ringmain.cli.stat.CommandSender;
import io.ringmain.cli.stat.RunDirectory;
import io.ringmain.journal.LetterId;
import io.ringmain.journal.RetryRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The run, in another process, that writes to a directory of letters.
 *
 * <p>Thread: one.
 */
public final class RunningStore {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int RANGES_LENGTH_MAX = 6_000;

    private final CommandSender sender;
    private final long pid;

    private RunningStore(CommandSender sender, long pid) {
        this.sender = sender;
        this.pid = pid;
    }

    /** Finds the run of this user that writes to {@code directory}; empty if there is none. */
    public static Optional<RunningStore> find(RunDirectory runs, Path directory) throws IOException {
        CommandSender sender = new CommandSender(runs);
        String question = "letters\n" + directory.toRealPath();
        for (long pid : runs.pids()) {
            if (pid != ProcessHandle.current().pid() && answers(sender, pid, question)) {
                return Optional.of(new RunningStore(sender, pid));
            }
        }
        return Optional.empty();
    }

    private static boolean answers(CommandSender sender, long pid, String question) {
        try {
            return sender.ask(pid, question, PATIENCE).equals("yes");
        } catch (IOException ended) {
            // One that has ended, was killed, or is of another version, writes to no letters that this one could ask
            // for.
            return false;
        }
    }

    /** The process. */
    public long pid() {
        return pid;
    }

    /** How many commands {@code ids} take. */
    public List<String> ranges(long[] ids) {
        return IdRanges.texts(ids, RANGES_LENGTH_MAX);
    }

    /** Asks for the letters of one of {@link #ranges} to be tried again; returns the request's number. */
    public String retry(String ranges) throws IOException {
        return ask("retry\n" + ranges);
    }

    /** What became of the letters of a request; empty if that is not known of all of them yet. */
    public Optional<List<RetryRequest.Result>> outcome(String request) throws IOException {
        String answer = ask("outcome\n" + request);
        return answer.equals(LetterCommands.PENDING) ? Optional.empty() : Optional.of(RetryOutcomes.parse(answer));
    }

    /** Says of the letters of one of {@link #ranges} that they are not needed any more; returns of how many that was to be said. */
    public long purge(String ranges) throws IOException {
        return Long.parseLong(ask("purge\n" + ranges));
    }

    /** Makes {@code event} that of a letter that takes the place of letter {@code id}; returns that letter's number, or nothing if {@code id} is not open. */
    public OptionalLong edit(long id, EditedEvent event) throws IOException {
        Path file = Files.createTempFile("ringmain", ".event");
        try {
            Files.write(file, event.file());
            return LetterId.parse(ask("edit\n" + LetterId.text(id) + ' ' + file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private String ask(String command) throws IOException {
        String answer = sender.ask(pid, command, PATIENCE);
        if (answer.startsWith("error: ")) {
            throw new IOException("the run with PID " + pid + ": " + answer.substring("error: ".length()));
        }
        return answer;
    }
}
