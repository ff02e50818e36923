package io.ringmain.cli.letters;

import io.ringmain.journal.ChronicleDeadLetters;
import io.ringmain.journal.LetterId;
import io.ringmain.journal.RetryRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.agrona.collections.LongHashSet;

/**
 * What others ask of the run that writes to a directory of letters. A command is a word and, in the next line, what it is about.
 *
 * <pre>
 *   letters DIR      yes, or no if it writes elsewhere
 *   retry RANGES     the number of the request
 *   outcome NUMBER   pending, or a line per letter: its number, what became of it
 *   purge RANGES     how many are open no more
 *   edit ID FILE     the number of the letter that has the event in the file; none if ID is not open
 * </pre>
 *
 * <p>Thread: one at a time.
 */
public final class LetterCommands implements Function<String, String> {

    /** Of a run that writes to no directory of letters. */
    public static final Function<String, String> NONE = command -> "no";

    /** The word for a letter that is not open. */
    public static final String NOTHING = "nothing";

    /** The word for a request that is not done. */
    public static final String PENDING = "pending";

    private final ChronicleDeadLetters store;
    private final Path directory;
    private final List<RetryRequest> requests = new ArrayList<>();

    /** Obeys for {@code store}, which writes to {@code directory}. */
    public LetterCommands(ChronicleDeadLetters store, Path directory) {
        this.store = store;
        this.directory = directory;
    }

    @Override
    public String apply(String command) {
        int end = command.indexOf('\n');
        String word = end < 0 ? command : command.substring(0, end);
        String about = end < 0 ? "" : command.substring(end + 1);
        try {
            return switch (word) {
                case "letters" -> isHere(about) ? "yes" : "no";
                case "retry" -> retry(about);
                case "purge" -> Long.toString(purge(about));
                case "edit" -> edit(about);
                case "outcome" -> outcome(Integer.parseInt(about));
                default -> "error: " + word + " (expected: a command of this version)";
            };
        } catch (IOException | RuntimeException failure) {
            return "error: " + failure.getMessage();
        }
    }

    private boolean isHere(String path) throws IOException {
        return directory.toRealPath().toString().equals(path);
    }

    private String retry(String ranges) {
        requests.add(store.retries().request(IdRanges.ids(ranges)));
        return Integer.toString(requests.size() - 1);
    }

    private long purge(String ranges) throws IOException {
        LongHashSet ids = new LongHashSet();
        for (long id : IdRanges.ids(ranges)) {
            ids.add(id);
        }
        return store.purge(letter -> ids.contains(letter.letter().id())).marked();
    }

    private String edit(String about) throws IOException {
        int end = about.indexOf(' ');
        long id = LetterId.parse(about.substring(0, end)).orElseThrow();
        byte[] file = Files.readAllBytes(Path.of(about.substring(end + 1)));
        OptionalLong child = EditedEvent.ofFile(file).writeTo(store, id);
        return child.isPresent() ? LetterId.text(child.getAsLong()) : NOTHING;
    }

    private String outcome(int number) {
        RetryRequest request = requests.get(number);
        return request.isDone() ? RetryOutcomes.text(request.results()) : PENDING;
    }
}
