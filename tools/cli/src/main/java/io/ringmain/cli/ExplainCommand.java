package io.ringmain.cli;

import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.logs.JsonText;
import io.ringmain.logs.plan.LateEvents;
import io.ringmain.logs.plan.OptionSpec;
import io.ringmain.logs.plan.OptionType;
import io.ringmain.logs.plan.Overflow;
import io.ringmain.logs.plan.OwnDelivery;
import io.ringmain.logs.plan.OwnRing;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.Route;
import io.ringmain.logs.plan.Spread;
import io.ringmain.logs.plan.Wrapped;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what would run. */
@Command(
        name = "explain",
        description = {
            "Say what would run on this machine, and what each sink promises.",
            "Shows the way of an event, threads, rings and their bounds, what becomes of events",
            "that fail, and what kill -9 may lose. Nothing is read or written.",
            ""
        },
        footer = {"", "Exit codes: 0 done, 2 wrong usage, 78 the plan is wrong."})
final class ExplainCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "FILE", description = "The plan, in YAML.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path file;

    @Mixin
    private PlanOverrides overrides = new PlanOverrides();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    ExplainCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Plan plan = PlanReading.read(screen, file, overrides.byPath()).orElse(null);
        if (plan == null) {
            return ExitCodes.CONFIG;
        }
        Explanation explanation = Explanation.of(plan);
        if (format == Format.JSON) {
            screen.out().println(json(explanation));
        } else {
            text(explanation);
        }
        return ExitCodes.DONE;
    }

    private void text(Explanation explanation) {
        PrintStream out = screen.out();
        Plan plan = explanation.plan();
        out.println(screen.heading(plan.name()));
        out.println();
        out.println(screen.heading("The way of an event"));
        plan.sources().forEach(source -> way("from", source));
        plan.steps().forEach(step -> way("", step));
        plan.sinks().forEach(sink -> way("to", sink));
        plan.routes().forEach(route -> routed(PartText.route(route)));
        out.println();
        out.println(screen.heading("Threads: " + explanation.threads().size()));
        explanation.threads().forEach(thread -> out.println("  " + thread));
        out.println();
        out.println(screen.heading("Bounds"));
        bounds(explanation);
        out.println();
        out.println(screen.heading("Events that fail"));
        failures(plan);
        List<LateEvents> late = LateEvents.of(plan);
        if (!late.isEmpty()) {
            out.println();
            out.println(screen.heading("Events that come late"));
            late.forEach(events -> hanging(Explanation.late(events)));
        }
        out.println();
        out.println(screen.heading("Guarantees, while the process lives and when it is killed"));
        for (Part sink : plan.sinks()) {
            out.println("  " + sink.name());
            indented(Explanation.guarantee(plan, sink));
            indented(Explanation.losses(plan, sink));
        }
        if (plan.keepsLetters()) {
            LetterText letters = LetterText.of(plan.settings().letters());
            out.println("  dead letters, " + letters.bounds());
            indented(letters.guarantee());
        }
        out.println("  positions");
        indented(Explanation.positions(plan));
    }

    private void bounds(Explanation explanation) {
        Plan plan = explanation.plan();
        boolean isUniform = plan.sinks().stream()
                .flatMap(sink -> OwnRing.of(sink).stream())
                .allMatch(own -> own.bound() == explanation.slots());
        hanging(Numbers.counted(explanation.rings(), "ring") + " of " + Numbers.count(explanation.slots()) + " events"
                + (explanation.rings() > 1 ? " each" : "") + (isUniform ? "" : ", but for those below"));
        hanging("lines: at most " + mebibytes(plan.lineBytesMax()) + " in memory");
        WhenFull whenFull = plan.settings().whenFull();
        String said = PartText.whenFull(whenFull);
        Overflow overflow = Overflow.of(whenFull);
        hanging("a full ring or memory" + (said.equals(overflow.word()) ? "" : " (" + said + ')') + ": "
                + overflow.fate());
        if (whenFull.hasRoom()) {
            hanging("before the first ring: as many events wait; it has itself at most "
                    + Numbers.count(WhenFull.RING_BEHIND_ROOM_MAX));
        }
        for (Part source : plan.sources()) {
            Overflow.ofSource(source).ifPresent(own -> hanging("a full ring to " + source.name() + ": " + own.fate()));
        }
        for (Part sink : plan.sinks()) {
            OwnRing.of(sink)
                    .ifPresent(own -> hanging("the ring of " + sink.name() + ", at most "
                            + Numbers.counted(own.bound(), "event") + ": "
                            + own.overflow().fate()));
        }
    }

    private void failures(Plan plan) {
        if (!plan.steps().isEmpty()) {
            hanging("in a step: " + FateText.of(plan.settings().whenFailed()));
        }
        for (Part sink : plan.sinks()) {
            hanging("at " + sink.name() + ": " + FateText.of(whenFailed(plan, sink)));
            OwnDelivery.breaker(sink).ifPresent(breaker -> hanging(sink.name() + FateText.of(breaker)));
        }
        hanging("data that a step or sink refuses is not tried again; a sink whose disk is full waits for room");
    }

    /** What holds for events that {@code sink} could not take. */
    private static WhenFailed whenFailed(Plan plan, Part sink) {
        return OwnDelivery.whenFailed(sink).orElse(plan.settings().whenFailed());
    }

    /** A text whose further lines stand below its first. */
    private void hanging(String text) {
        List<String> lines = Wrapped.lines(text, screen.textColumns() - 6);
        screen.out().println("  " + lines.get(0));
        lines.stream().skip(1).forEach(line -> screen.out().println("      " + line));
    }

    private void way(String word, Part part) {
        String said = Stream.of(PartText.options(part), PartText.spread(part))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        List<String> lines =
                Wrapped.lines(PartText.named(part) + (said.isEmpty() ? "" : ": " + said), screen.textColumns() - 12);
        screen.out().println("  " + word + " ".repeat(6 - word.length()) + lines.get(0));
        lines.stream().skip(1).forEach(line -> screen.out().println(" ".repeat(12) + line));
    }

    private void routed(String route) {
        List<String> lines = Wrapped.lines(route, screen.textColumns() - 12);
        screen.out().println("  route " + lines.get(0));
        lines.stream().skip(1).forEach(line -> screen.out().println(" ".repeat(12) + line));
    }

    private void indented(String text) {
        Wrapped.lines(text, screen.textColumns() - 6)
                .forEach(line -> screen.out().println("      " + line));
    }

    /** Rounded up: it is said of what is not exceeded. */
    private static String mebibytes(long bytes) {
        return ((bytes + (1 << 20) - 1) >> 20) + " MiB";
    }

    private static void spread(JsonText json, Spread spread) {
        json.name(spread.way().word()).beginObject();
        for (OptionSpec spec : spread.way().options()) {
            json.name(spec.name());
            if (spec.type() == OptionType.NUMBER) {
                json.number(spread.options().number(spec));
            } else {
                json.beginArray();
                spread.options().texts(spec).forEach(json::string);
                json.endArray();
            }
        }
        json.endObject();
    }

    private static String json(Explanation explanation) {
        Plan plan = explanation.plan();
        JsonText json = new JsonText().beginObject().name("pipeline").string(plan.name());
        json.name("parts").beginArray();
        for (Part part : plan.parts()) {
            json.beginObject().name("role").string(part.kind().role().word());
            json.name("name")
                    .string(part.name())
                    .name("kind")
                    .string(part.kind().name());
            part.spread().ifPresent(spread -> spread(json, spread));
            json.endObject();
        }
        json.endArray().name("routes").beginArray();
        for (Route route : plan.routes()) {
            json.beginObject()
                    .name("when")
                    .string(route.when().orElse("else"))
                    .name("to")
                    .beginArray();
            route.to().forEach(json::string);
            json.endArray().endObject();
        }
        json.endArray().name("threads").beginArray();
        explanation.threads().forEach(json::string);
        json.endArray().name("rings").number(explanation.rings());
        json.name("ring_slots").number(explanation.slots());
        json.name("line_bytes_max").number(plan.lineBytesMax()).name("sinks").beginArray();
        for (Part sink : plan.sinks()) {
            json.beginObject().name("name").string(sink.name());
            OwnRing.of(sink).ifPresent(own -> json.name("when_full")
                    .string(own.overflow().word())
                    .name("bound")
                    .number(own.bound()));
            OwnDelivery.breaker(sink).ifPresent(breaker -> FateText.json(json, breaker));
            json.name("guarantee").string(Explanation.guarantee(plan, sink));
            json.name("losses").string(Explanation.losses(plan, sink));
            FateText.json(json, whenFailed(plan, sink));
            json.endObject();
        }
        json.endArray().name("late_events").beginArray();
        LateEvents.of(plan).forEach(late -> late(json, late));
        return json.endArray().endObject().toString();
    }

    private static void late(JsonText json, LateEvents late) {
        json.beginObject()
                .name("window")
                .string(late.step())
                .name("waits_seconds")
                .beginObject();
        late.waits().forEach((source, wait) -> json.name(source).number(wait.toNanos() / 1e9));
        json.endObject().name("allowed_lateness_seconds").number(late.allowed().toNanos() / 1e9);
        json.name("late_to").beginArray();
        late.sinks().forEach(json::string);
        json.endArray().endObject();
    }
}
