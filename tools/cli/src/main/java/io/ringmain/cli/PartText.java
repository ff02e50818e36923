package io.ringmain.cli;

import io.ringmain.Report.CircuitReport;
import io.ringmain.Report.LimitReport;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.logs.plan.OptionSpec;
import io.ringmain.logs.plan.Options;
import io.ringmain.logs.plan.Overflow;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Route;
import io.ringmain.logs.plan.Spread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parts and settings of a plan in a line. */
final class PartText {

    private PartText() {}

    /** The name, with the kind behind it where it is another word: {@code web (file)}. */
    static String named(Part part) {
        String kind = part.kind().name();
        return part.name().equals(kind) ? kind : part.name() + " (" + kind + ')';
    }

    /** What the plan says about a part: {@code path: access.log, append: true}; only the value of a short form. */
    static String options(Part part) {
        Options options = part.options();
        List<OptionSpec> given =
                part.kind().options().stream().filter(options::has).toList();
        if (given.size() == 1
                && part.kind().shortForm().filter(given.get(0)::equals).isPresent()) {
            return value(options, given.get(0));
        }
        return given.stream()
                .map(spec -> spec.name() + ": " + value(options, spec))
                .collect(Collectors.joining(", "));
    }

    private static String value(Options options, OptionSpec spec) {
        return switch (spec.type()) {
            case PATHS, FIELDS, SINKS -> {
                List<String> texts = options.texts(spec);
                yield texts.size() == 1 ? texts.get(0) : '[' + String.join(", ", texts) + ']';
            }
            case TEXTS, EXPRESSIONS, NAMES, COMPUTATIONS ->
                options.mapping(spec).entrySet().stream()
                        .map((Map.Entry<String, String> pair) -> pair.getKey() + ": " + pair.getValue())
                        .collect(Collectors.joining(", ", "{", "}"));
            case TEXT, PATH, NUMBER, SIZE, DURATION, SHARE, FACTOR, BOOLEAN, CHOICE, CONDITION -> options.text(spec);
            case POLICY, FATE, GROUP -> options.inLine(spec);
        };
    }

    /** How its work is spread: {@code pool of 1 to 8}; empty if it is not. */
    static String spread(Part part) {
        return part.spread().map(PartText::spread).orElse("");
    }

    private static String spread(Spread spread) {
        Options options = spread.options();
        return switch (spread.way()) {
            case POOL -> "pool of " + options.number(Spread.MIN) + " to " + options.number(Spread.MAX);
            case PARTITION ->
                "by " + value(options, Spread.BY) + " over " + Numbers.counted(options.number(Spread.LANES), "lane");
            case OWN_KEYS -> "over " + Numbers.counted(options.number(Spread.LANES), "lane");
        };
    }

    /** A route in words: {@code when level >= ERROR to errors}. */
    static String route(Route route) {
        String to = String.join(", ", route.to());
        return route.when().map(when -> "when " + when + " to " + to).orElse("else to " + to);
    }

    static String whenFull(WhenFull whenFull) {
        String word = Overflow.of(whenFull).word();
        if (whenFull instanceof WhenFull.BlockFor blockFor) {
            return word + ' ' + Numbers.seconds(blockFor.limit());
        }
        if (whenFull instanceof WhenFull.Sample sample) {
            return word + ' ' + sample.rate();
        }
        return whenFull instanceof WhenFull.Spill spill ? word + ' ' + spill.path() : word;
    }

    /** What became of a sink's circuit, to be read behind its counts; empty if it never opened. */
    static String circuit(@Nullable CircuitReport circuit) {
        if (circuit == null || circuit.opened() == 0) {
            return "";
        }
        return ", circuit " + circuit.state().replace('_', ' ') + " for " + Numbers.seconds(circuit.lasted())
                + ", opened " + Numbers.counted(circuit.opened(), "time");
    }

    /** How many batches a sink is given at a time, to be read behind its counts; empty if it takes one after the other. */
    static String limit(@Nullable LimitReport limit) {
        return limit == null ? "" : ", limit of batches " + limit.now() + ", most under way " + limit.underWayMax();
    }

    static String whenFailed(WhenFailed whenFailed) {
        if (whenFailed instanceof WhenFailed.Retry retry) {
            Duration within = retry.within();
            return "retry " + retry.retries() + (within == null ? "" : " within " + Numbers.seconds(within)) + ", then "
                    + whenFailed(retry.then());
        }
        if (whenFailed instanceof WhenFailed.ToDeadLetters) {
            return "dead_letter";
        }
        return whenFailed.equals(WhenFailed.skip()) ? "skip" : "stop";
    }
}
