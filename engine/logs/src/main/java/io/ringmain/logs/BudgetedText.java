package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Bytes for a regular expression to look at, one character per byte, and only so often: java.util.regex goes back and forth, for some
 * patterns and lines longer than anybody waits. Each look is a step; a stretch of n bytes is worth {@value #STEPS_MIN} + n *
 * {@value #STEPS_PER_BYTE} of them.
 *
 * <p>Text that is not ASCII is several bytes, thus several characters: {@code .} and a class like {@code [^x]} match one byte of it.
 * {@link #pattern} makes patterns that look for the bytes of what they say.
 *
 * <p>Thread and ownership: whoever made it; with a {@link Matcher} of its own. It refers to the bytes of the last call, keeps nothing
 * else, and allocates nothing.
 */
public final class BudgetedText implements CharSequence {

    /** The steps that any text is worth: {@value}. */
    public static final int STEPS_MIN = 100_000;

    /** The steps that each byte adds: {@value}. */
    public static final int STEPS_PER_BYTE = 64;

    /** How the search ended. */
    public enum Outcome {
        /** The matcher has a match; its offsets count from the beginning of the stretch. */
        MATCH,
        /** There is none. */
        NO_MATCH,
        /** The budget, or the stack, was used up before the answer was known. */
        EXHAUSTED
    }

    private static final byte[] NOTHING = {};

    private final ExhaustedException exhausted = new ExhaustedException();
    private final int stepsMin;
    private byte[] bytes = NOTHING;
    private int offset;
    private int length;
    private long stepsLeft;

    /** Makes an empty text, any worth {@value #STEPS_MIN} steps. */
    public BudgetedText() {
        this(STEPS_MIN);
    }

    /** Makes an empty text, any worth {@code stepsMin} steps, to which the bytes add theirs. */
    public BudgetedText(int stepsMin) {
        this.stepsMin = stepsMin;
    }

    /**
     * Compiles a regular expression for bytes: what is not ASCII in it stands for its UTF-8 bytes, and only a line feed ends a line
     * (other line ends would be bytes in the middle of a character). Allocates.
     *
     * @throws PatternSyntaxException if it is none, or has a character that is not ASCII in a class, {@code [ä]}
     */
    public static Pattern pattern(String regex) {
        requireNonNull(regex, "regex");
        // As it was written first, so that a mistake is reported at the place where the user sees it.
        Pattern pattern = Pattern.compile(regex, Pattern.UNIX_LINES);
        String inBytes = BytePattern.of(regex);
        return inBytes.equals(regex) ? pattern : Pattern.compile(inBytes, Pattern.UNIX_LINES);
    }

    /** Looks for the first match in a stretch of bytes; {@code matcher} is one that {@link #pattern}'s result made. */
    public Outcome find(Matcher matcher, byte[] bytes, int offset, int length) {
        return match(matcher, false, bytes, offset, length);
    }

    /** Matches a stretch of bytes as a whole; as {@link #find}. */
    public Outcome matches(Matcher matcher, byte[] bytes, int offset, int length) {
        return match(matcher, true, bytes, offset, length);
    }

    private Outcome match(Matcher matcher, boolean whole, byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        stepsLeft = stepsMin + (long) STEPS_PER_BYTE * length;
        matcher.reset(this);
        try {
            return (whole ? matcher.matches() : matcher.find()) ? Outcome.MATCH : Outcome.NO_MATCH;
        } catch (ExhaustedException | StackOverflowError tooMuch) {
            // A pattern like (a|b)* needs a frame per repetition. The matcher holds nothing that the next reset does
            // not clear.
            return Outcome.EXHAUSTED;
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (--stepsLeft < 0) {
            throw exhausted;
        }
        return (char) (bytes[offset + index] & 0xff);
    }

    /** Allocates. */
    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().substring(start, end);
    }

    /** Returns it with one character per byte. Allocates. */
    @Override
    public String toString() {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    /** The only way out of a match that runs; made in advance and without a stack trace. */
    private static final class ExhaustedException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1;

        ExhaustedException() {
            super("regex budget used up", null, false, false);
        }
    }
}
