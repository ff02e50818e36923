package io.ringmain.cli;

import io.ringmain.logs.file.StandardOutput;
import io.ringmain.logs.plan.Diagnostics;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where the command writes: results to {@link #out}, progress and errors to {@link #err}, and what each of them can show.
 *
 * <p>Thread: any.
 */
final class Screen {

    /** How wide a screen is that does not say. */
    static final int COLUMNS_DEFAULT = Diagnostics.COLUMNS_DEFAULT;

    private static final int COLUMNS_MIN = 40;
    private static final int TEXT_COLUMNS_MAX = 100;

    /** The bits of a file's mode that say what it is, and what they are for a pipe and a socket. */
    private static final int FILE_TYPE_MASK = 0170000;

    private static final Set<Integer> PIPES = Set.of(0010000, 0140000);

    private final PrintStream out;
    private final PrintStream err;
    private final StandardOutput results;
    private final Traits traits;

    /**
     * What the streams can show.
     *
     * @param outTerminal whether standard output is a terminal that can write over a line
     * @param errTerminal whether standard error is one
     * @param coloured whether standard output may be sent colours
     * @param charset how text becomes bytes
     * @param columns how wide a terminal is
     */
    record Traits(boolean outTerminal, boolean errTerminal, boolean coloured, Charset charset, int columns) {

        /** A pipe that takes ASCII. */
        static final Traits PIPE = new Traits(false, false, false, StandardCharsets.US_ASCII, COLUMNS_DEFAULT);
    }

    /** Makes a screen whose results go to {@code out}, line by line, which fails where a print stream would only remember. */
    Screen(OutputStream out, PrintStream err, Traits traits) {
        this(new StandardOutput(out, false), true, err, traits);
    }

    private Screen(StandardOutput results, boolean isFlushing, PrintStream err, Traits traits) {
        out = new PrintStream(results, isFlushing, traits.charset);
        this.results = results;
        this.err = err;
        this.traits = traits;
    }

    static Screen ofProcess() {
        Charset charset = charset();
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        boolean outTerminal = isTerminal(1) && !dumb;
        String noColor = System.getenv("NO_COLOR");
        Traits traits = new Traits(
                outTerminal,
                isTerminal(2) && !dumb,
                outTerminal && (noColor == null || noColor.isEmpty()),
                charset,
                columnsOfProcess());
        // Not System.out: Java 17 gives it a charset of its own choice.
        StandardOutput results = new StandardOutput(new FileOutputStream(FileDescriptor.out), isPipe(1));
        return new Screen(
                results, false, new PrintStream(new FileOutputStream(FileDescriptor.err), false, charset), traits);
    }

    private static Charset charset() {
        for (String property : new String[] {"stdout.encoding", "sun.stdout.encoding", "native.encoding"}) {
            String name = System.getProperty(property);
            if (name != null && Charset.isSupported(name)) {
                return Charset.forName(name);
            }
        }
        return Charset.defaultCharset();
    }

    private static int columnsOfProcess() {
        String columns = System.getenv("COLUMNS");
        // A terminal that does not know says 0.
        boolean number = columns != null && columns.matches("[1-9]\\d{0,3}");
        return number ? Math.max(COLUMNS_MIN, Integer.parseInt(columns)) : COLUMNS_DEFAULT;
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException | InvalidPathException notLinux) {
            // Java itself cannot tell for one stream alone; lines of a pipe are right everywhere.
            return false;
        }
    }

    /** Whether a descriptor is that of a pipe or a socket. */
    private static boolean isPipe(int descriptor) {
        try {
            Object mode = Files.getAttribute(Path.of("/dev/fd/" + descriptor), "unix:mode");
            return mode instanceof Integer bits && PIPES.contains(bits & FILE_TYPE_MASK);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException notUnix) {
            return false;
        }
    }

    PrintStream out() {
        return out;
    }

    /** Standard output for bytes that are right as they are; says what fails, other than {@link #out}, which writes to it too. */
    StandardOutput results() {
        return results;
    }

    PrintStream err() {
        return err;
    }

    PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, traits.charset), true);
    }

    PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, traits.charset), true);
    }

    /** Whether the program that read standard output has ended, which is no failure: it has seen enough. */
    boolean isReaderGone() {
        return results.isReaderGone();
    }

    boolean isOutTerminal() {
        return traits.outTerminal;
    }

    boolean isErrTerminal() {
        return traits.errTerminal;
    }

    boolean isColoured() {
        return traits.coloured;
    }

    int columns() {
        return traits.columns;
    }

    /** How wide a line of explanation may be, which a very long one would not make easier to read. */
    int textColumns() {
        return Math.min(TEXT_COLUMNS_MAX, traits.columns);
    }

    /** How wide a line of results may be before it is broken; a pipe takes any. */
    int outColumns() {
        return traits.outTerminal ? traits.columns : Integer.MAX_VALUE;
    }

    Glyphs glyphs() {
        return traits.charset.newEncoder().canEncode(Glyphs.UNICODE_SAMPLE) ? Glyphs.UNICODE : Glyphs.ASCII;
    }

    /** Returns {@code text} without signs that a terminal would obey: it may come from the data. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars().forEach(sign -> plain.append(Character.isISOControl(sign) ? '?' : (char) sign));
        return plain.toString();
    }

    /** Says a sentence of {@code command} on standard error, at once. */
    void say(String command, String text) {
        err.println("ringmain " + command + ": " + plain(text));
        err.flush();
    }

    /** Returns {@code text} as a heading. */
    String heading(String text) {
        return traits.coloured ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
