package io.ringmain.cli;

import io.ringmain.cli.stat.RunDirectory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.SystemEpochClock;

/** What a run of the command in this JVM left behind. */
record Outcome(int code, String out, String err) {

    /** Not the user's own directory, in which other runs may be. */
    private static final RunDirectory RUNS = new RunDirectory(Path.of("target", "runs"), SystemEpochClock.INSTANCE);

    static Outcome of(String... args) {
        return of(Screen.Traits.PIPE, args);
    }

    static Outcome of(Screen.Traits traits, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(out, true, traits.charset()), new PrintStream(err, true, traits.charset()), traits);
        int code = Main.run(screen, Signals.none(), RUNS, args);
        return new Outcome(code, out.toString(traits.charset()), err.toString(traits.charset()));
    }

    /** The number behind {@code word}, wherever it stands first. */
    long number(String word) {
        Matcher match = Pattern.compile(word + " +([0-9,]+)").matcher(out);
        if (!match.find()) {
            throw new AssertionError(word + ": not in\n" + out);
        }
        return Long.parseLong(match.group(1).replace(",", ""));
    }
}
