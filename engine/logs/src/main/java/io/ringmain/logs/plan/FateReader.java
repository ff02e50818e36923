package io.ringmain.logs.plan;

import io.ringmain.config.Backoff;
import io.ringmain.config.WhenFailed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what becomes of events that fail: a word, or a mapping that says how often they are tried again, and what then. */
final class FateReader {

    /** What may stand alone, and end a retry. */
    static final List<String> WORDS = List.of("stop", "skip", "dead_letter");

    static final OptionSpec RETRY = OptionSpec.of(
                    "retry", OptionType.NUMBER, "3", "How many attempts follow the first.")
            .required()
            .between(1, Integer.MAX_VALUE);

    static final OptionSpec BACKOFF = OptionSpec.of(
                    "backoff",
                    OptionType.DURATION,
                    "10ms",
                    "The longest pause before the second attempt; it doubles each time.")
            .defaulting("10ms")
            .between(1, Backoff.CAP_MAX.toNanos());

    static final OptionSpec CAP = OptionSpec.of(
                    "cap", OptionType.DURATION, "1m", "The longest of all pauses, at least backoff; 30s if not said.")
            .between(1, Backoff.CAP_MAX.toNanos());

    private static final OptionSpec JITTER = OptionSpec.of(
                    "jitter",
                    OptionType.BOOLEAN,
                    "false",
                    "Whether each pause is drawn, from none to the longest; if not, it is the longest.")
            .defaulting("true");

    static final OptionSpec WITHIN = OptionSpec.of(
                    "within", OptionType.DURATION, "5m", "How long after the first failure an attempt may begin.")
            .between(1, Long.MAX_VALUE);

    private static final OptionSpec THEN = OptionSpec.choice(
                    "then", WORDS, "What happens when the last attempt failed.")
            .required();

    /** The options of a retry. */
    static final List<OptionSpec> OF_RETRY = List.of(RETRY, BACKOFF, CAP, JITTER, WITHIN, THEN);

    private final OptionSpec spec;
    private final String path;
    private final Problems problems;

    private FateReader(OptionSpec spec, String path, Problems problems) {
        this.spec = spec;
        this.path = path;
        this.problems = problems;
    }

    /** Reads the option {@code spec}; empty if it is not given, or wrong. */
    static Optional<WhenFailed> read(OptionSpec spec, Options options) {
        return read(spec, options, new Problems());
    }

    /** Reads the option {@code spec}; empty if it is not given, or wrong, which is reported. */
    static Optional<WhenFailed> read(OptionSpec spec, Options options, Problems problems) {
        return options.entry(spec).flatMap(given -> new FateReader(spec, options.path(spec), problems).read(given));
    }

    private Optional<WhenFailed> read(Node.Entry given) {
        Node value = given.value();
        if (value instanceof Node.Entries entries) {
            return retry(Options.of(path, given.mark(), entries));
        }
        String text = Node.text(value).orElse("");
        if (WORDS.contains(text)) {
            return Optional.of(named(text));
        }
        Mark place = value.mark() == null ? given.mark() : value.mark();
        String hint = text.equals("retry")
                ? "write " + spec.name() + ": " + spec.example()
                : "such as " + spec.name() + ": dead_letter";
        problems.add(
                place,
                path,
                value.describe() + " (expected: " + spec.expected() + ')',
                Problems.didYouMean(text, WORDS, hint));
        return Optional.empty();
    }

    private Optional<WhenFailed> retry(Options retry) {
        int before = problems.count();
        OptionCheck.check(retry, OF_RETRY, problems);
        if (problems.count() > before) {
            return Optional.empty();
        }
        Duration first = retry.duration(BACKOFF);
        Duration byDefault = Backoff.DEFAULT.cap();
        Duration cap = retry.has(CAP) ? retry.duration(CAP) : first.compareTo(byDefault) > 0 ? first : byDefault;
        if (cap.compareTo(first) < 0) {
            problems.add(
                    retry.mark(CAP),
                    retry.path(CAP),
                    Amount.text(OptionType.DURATION, cap.toNanos()) + " (expected: at least backoff, "
                            + Amount.text(OptionType.DURATION, first.toNanos()) + ')',
                    "the first pause would be longer than the longest");
            return Optional.empty();
        }
        Backoff backoff = new Backoff(first, cap, retry.isTrue(JITTER));
        WhenFailed.Retry policy = WhenFailed.retry((int) retry.number(RETRY), backoff, named(retry.text(THEN)));
        return Optional.of(retry.has(WITHIN) ? policy.within(retry.duration(WITHIN)) : policy);
    }

    private static WhenFailed named(String word) {
        return switch (word) {
            case "skip" -> WhenFailed.skip();
            case "dead_letter" -> WhenFailed.deadLetter();
            default -> WhenFailed.stop();
        };
    }
}
