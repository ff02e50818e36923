package io.ringmain.cli;

import io.ringmain.cli.letters.LetterChoice;
import io.ringmain.cli.letters.LetterEvents;
import io.ringmain.journal.LetterId;
import io.ringmain.journal.LetterState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The directory of dead letters, and which of them are meant. */
final class LetterOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The directory of the dead letters: dead_letters.path of the plan.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path directory;

    @Parameters(
            index = "1..*",
            paramLabel = "ID",
            description = "The numbers of the letters; all that the options choose if left out.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "Only letters that are so: open, resolved, retried, edited or purged; may be given more than once.")
    private List<String> states = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only letters from then on: a time, a day, or an age such as 2h.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only letters until then.")
    private @Nullable String until;

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            description = "Only letters of this step or sink; may be given more than once.")
    private List<String> stages = new ArrayList<>();

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Only letters with this reason; may be given more than once.")
    private List<String> reasons = new ArrayList<>();

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Only letters of this source; may be given more than once.")
    private List<String> sources = new ArrayList<>();

    @Option(names = "--text", paramLabel = "TEXT", description = "Only letters whose payload has this text in it.")
    private String text = "";

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Only letters whose event meets this condition, such as status >= 500.")
    private @Nullable String where;

    /** The directory; wrong usage if there are no letters. */
    Path directory() {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "DIR: " + directory + ": no directory (expected: dead_letters.path of the plan)");
        }
        return directory;
    }

    /** Whether letters were named one by one. */
    boolean namesLetters() {
        return !ids.isEmpty();
    }

    /** Whether not all letters are meant. */
    boolean choosesLetters() {
        return !(ids.isEmpty()
                && states.isEmpty()
                && since == null
                && until == null
                && stages.isEmpty()
                && reasons.isEmpty()
                && sources.isEmpty()
                && text.isEmpty()
                && where == null);
    }

    /** The one letter that was named; wrong usage if it is not one. */
    long only() {
        if (ids.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "ID: " + ids.size() + " given (expected: the number of one letter); see list");
        }
        return LetterId.parse(ids.get(0))
                .orElseThrow(
                        () -> wrong("ID: " + ids.get(0) + " (expected: a letter's number such as 0-17); see list"));
    }

    /** What was chosen; of letters in {@code otherwise}, if neither states nor numbers were given. Wrong usage if that cannot be read. */
    LetterChoice choice(Set<LetterState> otherwise, long nowNs) {
        try {
            return new LetterChoice(
                    LetterChoice.ids(ids),
                    states.isEmpty() ? (ids.isEmpty() ? otherwise : Set.of()) : LetterChoice.states(states),
                    since == null ? Long.MIN_VALUE : LetterChoice.moment("--since", since, nowNs),
                    until == null ? Long.MAX_VALUE : LetterChoice.moment("--until", until, nowNs),
                    Set.copyOf(stages),
                    Set.copyOf(reasons),
                    Set.copyOf(sources),
                    text,
                    where == null ? LetterChoice.EventCondition.ALL : new LetterEvents().condition(where));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** Says what is wrong with an option of the verb itself. */
    ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
