package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Pooling;
import java.util.List;
import java.util.Optional;

/**
 * How the work of a step is spread over several lanes: written beside the step's kind. Whoever comes behind meets the events in order.
 *
 * @param way to whom an event goes
 * @param options what the plan says about it
 */
public record Spread(Way way, Options options) {

    /** The least number of workers. */
    public static final OptionSpec MIN = OptionSpec.of(
                    "min", OptionType.NUMBER, "2", "How many workers there are when there is little to do.")
            .defaulting("1")
            .between(1, Pooling.WORKERS_MAX);

    /** The most workers. */
    public static final OptionSpec MAX = OptionSpec.of(
                    "max", OptionType.NUMBER, "8", "How many workers there are at most, each with a thread.")
            .required()
            .between(1, Pooling.WORKERS_MAX);

    /** The fields that make the key. */
    public static final OptionSpec BY = OptionSpec.of(
                    "by",
                    OptionType.FIELDS,
                    "client",
                    "The fields that make the key: events with the same values meet the same lane, in order.")
            .required();

    /** The number of lanes. */
    public static final OptionSpec LANES = OptionSpec.of(
                    "lanes", OptionType.NUMBER, "4", "How many lanes there are, each with a thread.")
            .required()
            .between(1, 128);

    /** To whom an event goes. */
    public enum Way {
        /** To a worker that is free. */
        POOL(
                "pool",
                "Workers that take events as they are free, more of them while events wait; for work that takes long."),
        /** To the lane of its key. */
        PARTITION(
                "partition",
                "Lanes that share the events by a key; what the step remembers, it remembers for each of 128 groups of keys."),
        /** To the lane of the key that the step itself goes by. */
        OWN_KEYS("partition", "Lanes that share the events by the keys of the step; what leaves it is the same.");

        private final String word;
        private final String sentence;

        Way(String word, String sentence) {
            this.word = word;
            this.sentence = sentence;
        }

        /** The word that plans use. */
        public String word() {
            return word;
        }

        /** What it is, in a sentence. */
        public String sentence() {
            return sentence;
        }

        /** What can be said about it. */
        public List<OptionSpec> options() {
            return switch (this) {
                case POOL -> List.of(MAX, MIN);
                case PARTITION -> List.of(BY, LANES);
                case OWN_KEYS -> List.of(LANES);
            };
        }

        /** The option that may stand alone, as in {@code pool: 8}. */
        public Optional<OptionSpec> shortForm() {
            return this == POOL ? Optional.of(MAX) : Optional.empty();
        }

        /** How it is written, with the options that it must have: {@code partition: {by: client, lanes: 4}}. */
        public String example() {
            List<String> required = options().stream()
                    .filter(OptionSpec::isRequired)
                    .map(spec -> spec.name() + ": " + spec.example())
                    .toList();
            return word + ": {" + String.join(", ", required) + '}';
        }
    }

    /** Checks that nothing is missing. */
    public Spread {
        requireNonNull(way, "way");
        requireNonNull(options, "options");
    }
}
