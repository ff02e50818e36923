package io.ringmain.logs.plan;

import io.ringmain.config.Backoff;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.spi.MemoryDeadLetters;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a plan says about the pipeline as a whole. What is wrong is reported and read as its default. */
final class SettingsReader {

    static final OptionSpec NAME =
            OptionSpec.of("name", OptionType.TEXT, "shop-access", "The pipeline's name; without it the file's.");

    static final OptionSpec WHEN_FULL = OptionSpec.policy(
                    "when_full",
                    Overflow.OF_LINES,
                    "What happens to events that find the ring full: hold the source back, or drop some and count them.")
            .defaulting("block");

    static final OptionSpec WHEN_FAILED = OptionSpec.choice(
                    "when_failed",
                    List.of("stop", "skip", "dead_letter"),
                    "What happens to events that fail: stop the pipeline, drop and count them, or keep them as dead letters.")
            .required();

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

    static final OptionSpec JITTER = OptionSpec.of(
                    "jitter",
                    OptionType.BOOLEAN,
                    "false",
                    "Whether each pause is drawn, from none to the longest; if not, it is the longest.")
            .defaulting("true");

    static final OptionSpec WITHIN = OptionSpec.of(
                    "within", OptionType.DURATION, "5m", "How long after the first failure an attempt may begin.")
            .between(1, Long.MAX_VALUE);

    static final OptionSpec THEN = OptionSpec.choice(
                    "then", WHEN_FAILED.choices(), "What happens when the last attempt failed.")
            .required();

    static final OptionSpec CAPACITY = OptionSpec.of(
                    "capacity",
                    OptionType.NUMBER,
                    "1000",
                    "How many dead letters are kept in memory; when there is no room for another, the pipeline stops.")
            .defaulting(Integer.toString(MemoryDeadLetters.CAPACITY_DEFAULT))
            .between(1, Integer.MAX_VALUE);

    static final OptionSpec BYTES = OptionSpec.of(
                    "bytes",
                    OptionType.SIZE,
                    "16MiB",
                    "How much memory they take, about; when there is no room for another, the pipeline stops.")
            .defaulting(Amount.text(OptionType.SIZE, MemoryDeadLetters.BYTES_MAX_DEFAULT))
            .between(1, Long.MAX_VALUE);

    /** The options of {@link #DEAD_LETTERS}. */
    static final List<OptionSpec> OF_LETTERS = List.of(CAPACITY, BYTES);

    static final OptionSpec DRAIN_WITHIN = OptionSpec.of(
                    "drain_within",
                    OptionType.DURATION,
                    "10s",
                    "How long the rest may take when the pipeline is stopped before its input ends.")
            .defaulting("10s");

    static final String DEAD_LETTERS = "dead_letters";

    /** The options of a retry. */
    static final List<OptionSpec> OF_RETRY = List.of(RETRY, BACKOFF, CAP, JITTER, WITHIN, THEN);

    private static final String EXPECTED = "stop, skip, dead_letter or {retry: 3, then: dead_letter}";

    private final Node.Entries root;
    private final @Nullable Mark mark;
    private final Set<String> meant;
    private final Problems problems;
    private final Options options;

    /**
     * Reads the entries of {@code root} that are settings; {@code mark} is where what is missing should be, unless it was {@code meant} by
     * another name, which has been reported.
     */
    SettingsReader(Node.Entries root, @Nullable Mark mark, Set<String> meant, Problems problems) {
        this.meant = meant;
        this.root = root;
        this.mark = mark;
        this.problems = problems;
        List<OptionSpec> simple = List.of(NAME, WHEN_FULL, DRAIN_WITHIN);
        List<String> names = simple.stream().map(OptionSpec::name).toList();
        List<Node.Entry> mine = root.entries().stream()
                .filter(entry -> names.contains(entry.key()))
                .toList();
        options = Options.of("", mark, new Node.Entries(mine, root.mark()));
        OptionCheck.check(options, simple, problems);
    }

    String name(String otherwise) {
        return options.has(NAME) ? options.text(NAME) : otherwise;
    }

    Settings read() {
        WhenFull whenFull = OverflowReader.read(WHEN_FULL, options)
                .map(chosen -> chosen.overflow().policy(chosen.options()))
                .orElse(WhenFull.block());
        int before = problems.count();
        WhenFailed whenFailed = whenFailed();
        boolean isChosen =
                problems.count() == before && root.find(WHEN_FAILED.name()).isPresent();
        if (isChosen && !whenFailed.buries()) {
            refuseLetters();
        }
        Letters letters = letters();
        return new Settings(whenFull, whenFailed, letters.countMax, letters.bytesMax, options.duration(DRAIN_WITHIN));
    }

    private WhenFailed whenFailed() {
        Node.Entry entry = root.find(WHEN_FAILED.name()).orElse(null);
        if (entry == null && meant.contains(WHEN_FAILED.name())) {
            return WhenFailed.stop();
        }
        if (entry == null) {
            problem(
                    mark,
                    "missing (expected: " + EXPECTED + ')',
                    "add when_failed: dead_letter, so that a failed event has a fate");
            return WhenFailed.stop();
        }
        if (entry.value() instanceof Node.Entries entries) {
            return retry(Options.of(WHEN_FAILED.name(), entry.mark(), entries));
        }
        String text = Node.text(entry.value()).orElse("");
        if (!WHEN_FAILED.choices().contains(text)) {
            Mark place =
                    entry.value().mark() == null ? entry.mark() : entry.value().mark();
            String hint = text.equals("retry")
                    ? "write when_failed: {retry: 3, then: dead_letter}"
                    : "such as when_failed: dead_letter";
            problem(
                    place,
                    entry.value().describe() + " (expected: " + EXPECTED + ')',
                    Problems.didYouMean(text, WHEN_FAILED.choices(), hint));
        }
        return named(text);
    }

    private void problem(@Nullable Mark place, String message, String hint) {
        problems.add(place, WHEN_FAILED.name(), message, hint);
    }

    private WhenFailed retry(Options retry) {
        Set<OptionSpec> wrong = OptionCheck.check(retry, OF_RETRY, problems);
        if (!wrong.isEmpty()) {
            return WhenFailed.stop();
        }
        Duration first = retry.duration(BACKOFF);
        Duration cap = first.compareTo(Backoff.DEFAULT.cap()) > 0 ? first : Backoff.DEFAULT.cap();
        if (retry.has(CAP)) {
            cap = retry.duration(CAP);
        }
        if (cap.compareTo(first) < 0) {
            problems.add(
                    retry.mark(CAP),
                    WHEN_FAILED.name() + '.' + CAP.name(),
                    Amount.text(OptionType.DURATION, cap.toNanos()) + " (expected: at least backoff, "
                            + Amount.text(OptionType.DURATION, first.toNanos()) + ')',
                    "the first pause would be longer than the longest");
            return WhenFailed.stop();
        }
        Backoff backoff = new Backoff(first, cap, retry.isTrue(JITTER));
        WhenFailed.Retry policy = WhenFailed.retry((int) retry.number(RETRY), backoff, named(retry.text(THEN)));
        return retry.has(WITHIN) ? policy.within(retry.duration(WITHIN)) : policy;
    }

    private static WhenFailed named(String word) {
        return switch (word) {
            case "skip" -> WhenFailed.skip();
            case "dead_letter" -> WhenFailed.deadLetter();
            default -> WhenFailed.stop();
        };
    }

    /** Somebody who asks for dead letters believes to have them. */
    private void refuseLetters() {
        root.find(DEAD_LETTERS)
                .ifPresent(letters -> problems.add(
                        letters.mark(),
                        DEAD_LETTERS,
                        "there are none, as when_failed does not keep them (expected: when_failed: dead_letter)",
                        "remove it, or set when_failed: dead_letter, or {retry: 3, then: dead_letter}"));
    }

    /** How many dead letters are kept, of how many bytes. */
    private record Letters(int countMax, long bytesMax) {

        private static final Letters DEFAULT =
                new Letters(MemoryDeadLetters.CAPACITY_DEFAULT, MemoryDeadLetters.BYTES_MAX_DEFAULT);
    }

    private Letters letters() {
        Node.Entry entry = root.find(DEAD_LETTERS).orElse(null);
        if (entry == null) {
            return Letters.DEFAULT;
        }
        if (!(entry.value() instanceof Node.Entries entries)) {
            problems.add(
                    entry.value().mark(),
                    DEAD_LETTERS,
                    entry.value().describe() + " (expected: a mapping)",
                    "such as dead_letters: {capacity: 1000}");
            return Letters.DEFAULT;
        }
        List<Node.Entry> known = entries.entries().stream()
                .filter(member -> !member.key().equals("path"))
                .toList();
        entries.find("path")
                .ifPresent(path -> problems.add(
                        path.mark(),
                        DEAD_LETTERS + ".path",
                        "not yet: durable dead letters come with a later version (expected: capacity or bytes)",
                        "remove it; dead letters are kept in memory, and reported at the end"));
        Options letters = Options.of(DEAD_LETTERS, entry.mark(), new Node.Entries(known, entries.mark()));
        boolean right = OptionCheck.check(letters, OF_LETTERS, problems).isEmpty();
        return right ? new Letters((int) letters.number(CAPACITY), letters.number(BYTES)) : Letters.DEFAULT;
    }
}
