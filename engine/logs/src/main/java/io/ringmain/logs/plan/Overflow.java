package io.ringmain.logs.plan;

import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenFull.AdaptiveSample;
import io.ringmain.config.WhenFull.BlockFor;
import io.ringmain.config.WhenFull.DropNewest;
import io.ringmain.config.WhenFull.DropOldest;
import io.ringmain.config.WhenFull.Sample;
import io.ringmain.config.WhenFull.Shed;
import io.ringmain.config.WhenFull.Spill;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a full ring may do, as plans say it: a word, or a mapping of the word to its options. */
public enum Overflow {
    /** {@link WhenFull.Block}. */
    BLOCK("block", "holds the source back"),
    /** {@link WhenFull.BlockFor}. */
    BLOCK_FOR("block_for", "holds the source back for so long, then drops what arrives, and counts it"),
    /** {@link WhenFull.DropNewest}. */
    DROP_NEWEST("drop_newest", "drops what arrives, and counts it"),
    /** {@link WhenFull.DropOldest}. */
    DROP_OLDEST("drop_oldest", "drops what has waited longest, and counts it"),
    /** {@link WhenFull.Sample}. */
    SAMPLE(
            "sample",
            "takes a share of the events, full or not, drops and counts the others; for those taken holds the source back"),
    /** {@link WhenFull.AdaptiveSample}. */
    ADAPTIVE_SAMPLE(
            "adaptive_sample", "takes a smaller share of the events the fuller it is; drops and counts the others"),
    /** {@link WhenFull.Shed}; only where the lines are parsed. */
    SHED("shed", "drops what matters least, and counts it; of what matters alike, what came last"),
    /** {@link WhenFull.Spill}. */
    SPILL(
            "spill",
            "keeps what finds no room in a file, in order, until the run ends; drops and counts what does not fit there");

    /** How long {@link #BLOCK_FOR} holds back. */
    public static final OptionSpec LIMIT = OptionSpec.of(
                    "limit", OptionType.DURATION, "1s", "How long the source is held back at most.")
            .required();

    /** The share that {@link #SAMPLE} takes. */
    public static final OptionSpec RATE = share("rate", "0.1", "The share of the events that is taken.")
            .between(1, Amount.WHOLE)
            .required();

    /** Which events a sample takes. */
    public static final OptionSpec SEED = OptionSpec.of(
                    "seed", OptionType.NUMBER, "7", "Decides which events; the same number takes the same ones.")
            .defaulting("0");

    /** Where {@link #ADAPTIVE_SAMPLE} begins to drop. */
    public static final OptionSpec BUSY_AT = share(
                    "busy_at", "0.5", "How full it is, from 0 to 1, when only busy_rate is taken.")
            .defaulting("0.5");

    /** Where {@link #ADAPTIVE_SAMPLE} drops more. */
    public static final OptionSpec CROWDED_AT = share(
                    "crowded_at", "0.8", "How full it is when only crowded_rate is taken; at least busy_at.")
            .defaulting("0.8");

    /** What {@link #ADAPTIVE_SAMPLE} takes between the two. */
    public static final OptionSpec BUSY_RATE = share("busy_rate", "0.5", "The share taken from busy_at on.")
            .between(1, Amount.WHOLE)
            .defaulting("0.5");

    /** What {@link #ADAPTIVE_SAMPLE} takes above. */
    public static final OptionSpec CROWDED_RATE = share("crowded_rate", "0.1", "The share taken from crowded_at on.")
            .between(1, Amount.WHOLE)
            .defaulting("0.1");

    /** What {@link #SHED} goes by. */
    public static final OptionSpec BY = OptionSpec.of(
                    "by",
                    OptionType.TEXT,
                    "status >= 500",
                    "How much an event matters: level, a condition (what it holds for stays), or a number from 0 to 7; what has none goes first.")
            .defaulting("level");

    /** The file of {@link #SPILL}. */
    public static final OptionSpec PATH = OptionSpec.of(
                    "path", OptionType.PATH, "out.spill", "The file, which is deleted at the end.")
            .required();

    /** How large that file may become. */
    public static final OptionSpec BYTES_MAX = OptionSpec.of(
                    "bytes_max", OptionType.SIZE, "1GiB", "How large the file may become.")
            .required()
            .between(Spill.BYTES_MIN, Long.MAX_VALUE);

    /** The words that hold before the first step, where nothing is known of an event but its line. */
    static final List<String> OF_LINES = words(false);

    /** All words. */
    static final List<String> OF_EVENTS = words(true);

    /** The words of one source beside others: none that must choose among what waits. */
    static final List<String> OF_SOURCES = List.of(BLOCK.word, BLOCK_FOR.word, DROP_NEWEST.word, SAMPLE.word);

    private final String word;
    private final String fate;

    Overflow(String word, String fate) {
        this.word = word;
        this.fate = fate;
    }

    private static OptionSpec share(String name, String example, String sentence) {
        return OptionSpec.of(name, OptionType.SHARE, example, sentence).between(0, Amount.WHOLE);
    }

    private static List<String> words(boolean isParsed) {
        return Arrays.stream(values())
                .filter(overflow -> isParsed || overflow != SHED)
                .map(Overflow::word)
                .toList();
    }

    /** The word that plans use. */
    public String word() {
        return word;
    }

    /** What a full ring does by it, to be read behind "a full ring". */
    public String fate() {
        return fate;
    }

    /** What can be said about it. */
    public List<OptionSpec> options() {
        return switch (this) {
            case BLOCK, DROP_NEWEST, DROP_OLDEST -> List.of();
            case BLOCK_FOR -> List.of(LIMIT);
            case SAMPLE -> List.of(RATE, SEED);
            case ADAPTIVE_SAMPLE -> List.of(BUSY_AT, CROWDED_AT, BUSY_RATE, CROWDED_RATE, SEED);
            case SHED -> List.of(BY);
            case SPILL -> List.of(PATH, BYTES_MAX);
        };
    }

    /** The option that may stand alone, as in {@code {sample: 0.1}}. */
    public Optional<OptionSpec> shortForm() {
        return switch (this) {
            case BLOCK, DROP_NEWEST, DROP_OLDEST, ADAPTIVE_SAMPLE, SPILL -> Optional.empty();
            case BLOCK_FOR -> Optional.of(LIMIT);
            case SAMPLE -> Optional.of(RATE);
            case SHED -> Optional.of(BY);
        };
    }

    /** Whether the word says all that must be said. */
    public boolean standsAlone() {
        return options().stream().noneMatch(OptionSpec::isRequired);
    }

    /** How it is written, as short as it can be: {@code drop_oldest}, {@code {sample: 0.1}}. */
    public String example() {
        if (standsAlone()) {
            return word;
        }
        String value = shortForm().map(OptionSpec::example).orElseGet(() -> options().stream()
                .filter(OptionSpec::isRequired)
                .map(spec -> spec.name() + ": " + spec.example())
                .toList()
                .toString()
                .replace('[', '{')
                .replace(']', '}'));
        return '{' + word + ": " + value + '}';
    }

    /** Which one a policy is. */
    public static Overflow of(WhenFull whenFull) {
        if (whenFull instanceof BlockFor) {
            return BLOCK_FOR;
        }
        if (whenFull instanceof DropNewest) {
            return DROP_NEWEST;
        }
        if (whenFull instanceof DropOldest) {
            return DROP_OLDEST;
        }
        if (whenFull instanceof Sample) {
            return SAMPLE;
        }
        if (whenFull instanceof AdaptiveSample) {
            return ADAPTIVE_SAMPLE;
        }
        if (whenFull instanceof Shed<?>) {
            return SHED;
        }
        return whenFull instanceof Spill ? SPILL : BLOCK;
    }

    /** Which one {@code source}, a part of a checked plan, has of its own; empty if it goes by the plan's. */
    public static Optional<Overflow> ofSource(Part source) {
        return source.kind().role() == Role.SOURCE
                ? OverflowReader.read(SourceKind.WHEN_FULL, source.options()).map(OverflowReader.Chosen::overflow)
                : Optional.empty();
    }

    /** The policy that {@code options} make of it; of {@link #SHED} the plan's pipeline does. */
    WhenFull policy(Options options) {
        return switch (this) {
            case BLOCK -> WhenFull.block();
            case BLOCK_FOR -> WhenFull.blockFor(options.duration(LIMIT));
            case DROP_NEWEST -> WhenFull.dropNewest();
            case DROP_OLDEST -> WhenFull.dropOldest();
            case SAMPLE -> WhenFull.sample(options.share(RATE), options.number(SEED));
            case ADAPTIVE_SAMPLE ->
                new AdaptiveSample(
                        options.share(BUSY_AT),
                        options.share(CROWDED_AT),
                        options.share(BUSY_RATE),
                        options.share(CROWDED_RATE),
                        options.number(SEED));
            case SHED -> throw new IllegalStateException("shed: by a priority that is not compiled");
            case SPILL -> WhenFull.spill(Path.of(options.text(PATH)), options.number(BYTES_MAX));
        };
    }
}
