package io.ringmain.cli;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.WhenFull;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.logs.plan.LateEvents;
import io.ringmain.logs.plan.Overflow;
import io.ringmain.logs.plan.OwnRing;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.PlanPipeline;
import io.ringmain.logs.plan.StandIns;
import io.ringmain.logs.plan.Surroundings;
import io.ringmain.spi.Duty;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.testing.StepRunner;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would run, learnt from the pipeline itself: it is built and started with sources that end at once and sinks that take nothing.
 *
 * @param plan the plan
 * @param threads the names of the threads, which are those of what they run
 * @param rings how many rings there are
 * @param slots how many events each ring holds at most
 */
record Explanation(Plan plan, List<String> threads, int rings, int slots) {

    /** Finds out what {@code plan} would run. */
    static Explanation of(Plan plan) {
        Recorder recorder = new Recorder();
        Surroundings nowhere = new Surroundings(
                InputStream.nullInputStream(),
                new StandardOutput(OutputStream.nullOutputStream(), false),
                "localhost",
                () -> 0,
                () -> 0);
        PlanPipeline built = PlanPipeline.build(plan, nowhere, false, new Nothing(recorder));
        Report report;
        try (Pipeline<LogEvent> pipeline = built.pipeline().start()) {
            report = pipeline.drain(Duration.ofSeconds(1));
        }
        return new Explanation(
                plan, List.copyOf(recorder.names), report.segments().size(), PipelineBuilder.BOUND_DEFAULT);
    }

    /** What is promised of {@code sink} in {@code plan}. */
    static String guarantee(Plan plan, Part sink) {
        String each = mayDrop(plan, sink) ? "each event that no full ring drops is " : "each event is ";
        return switch (sink.kind().name()) {
            case "console" -> each + "written once, in order; what was printed cannot be taken back";
            case "file" ->
                each + "written once, in order; durable (fsync) "
                        + (plan.checkpoints().isPresent() ? "at each checkpoint" : "when the run has ended");
            case "discard" -> "nothing is kept, by wish";
            default -> each + "given once, in order";
        };
    }

    /** Whether a ring on the way to {@code sink} does anything else than hold back. */
    private static boolean mayDrop(Plan plan, Part sink) {
        Stream<Overflow> ofSources = plan.sources().stream().flatMap(source -> Overflow.ofSource(source).stream());
        Stream<Overflow> own = OwnRing.of(sink).map(OwnRing::overflow).stream();
        return Stream.of(Stream.of(Overflow.of(plan.settings().whenFull())), ofSources, own)
                .flatMap(policies -> policies)
                .anyMatch(policy -> policy != Overflow.BLOCK);
    }

    /** What becomes of events that come too late for a window. */
    static String late(LateEvents late) {
        String waits = late.waits().entrySet().stream()
                .map(wait -> Numbers.seconds(wait.getValue()) + " for " + wait.getKey())
                .collect(Collectors.joining(", "));
        String kept = late.allowed().isZero()
                ? ""
                : ", and gives a row again for " + Numbers.seconds(late.allowed()) + " (allowed_lateness)";
        String fate = late.sinks().isEmpty()
                ? "is dropped as late, and counted"
                : "goes to " + String.join(", ", late.sinks());
        String waiting =
                late.waits().isEmpty() ? " waits for no row that is out of order" : " waits " + waits + " (disorder)";
        return late.step() + waiting + kept + "; what comes later still " + fate;
    }

    /** What a later run knows of this one. */
    static String positions(Plan plan) {
        return plan.checkpoints()
                .map(directory -> "kept in " + directory
                        + ", once a second and at the end, together with totals and the length of each output file:"
                        + " the next run goes on there, also after kill -9")
                .orElse("not kept: the next run reads its input from the beginning");
    }

    /** What kill -9 may lose of a sink in the kind of {@code part}. */
    static String losses(Plan plan, Part part) {
        boolean isCutBack = plan.checkpoints().isPresent();
        return switch (part.kind().name()) {
            case "console" ->
                isCutBack
                        ? "kill -9: what was printed since the last checkpoint is printed again; a table is printed at the end only"
                        : "kill -9: what is not printed yet; a table is printed at the end only";
            case "file" ->
                isCutBack
                        ? "kill -9 or a power cut: nothing; the next run cuts the file back to the last checkpoint and goes on"
                        : "kill -9: the events of the last unwritten block; a power cut: all since the last flush";
            default -> "kill -9: nothing that was kept";
        };
    }

    /** Sources that end, sinks that take nothing, and a runner that listens. */
    private record Nothing(Runner listener) implements StandIns {

        @Override
        public Optional<Source<LogEvent>> source(Part part) {
            return Optional.of((intake, max) -> Source.Status.END);
        }

        @Override
        public boolean keepsState() {
            return false;
        }

        /** No file is made. */
        @Override
        public WhenFull whenFull(WhenFull asked) {
            return asked instanceof WhenFull.Spill ? WhenFull.block() : asked;
        }

        @Override
        public Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
            return Optional.of(batch -> {});
        }

        @Override
        public Optional<Runner> runner() {
            return Optional.of(listener);
        }

        @Override
        public OptionalInt bound() {
            // The rings of this one need not hold anything.
            return OptionalInt.of(2);
        }
    }

    /** Runs on the caller's thread what would have threads, and keeps their names. */
    private static final class Recorder implements Runner {

        private final StepRunner steps = new StepRunner(1);
        private final List<String> names = new ArrayList<>();

        @Override
        public long nowNs() {
            return steps.nowNs();
        }

        @Override
        public void start(List<? extends Duty> duties) {
            duties.forEach(duty -> names.add(duty.name()));
            steps.start(duties);
        }

        @Override
        public void spawn(String name, Runnable task) {
            names.add(name);
            steps.spawn(name, task);
        }

        @Override
        public void await(BooleanSupplier condition) {
            steps.await(condition);
        }

        @Override
        public boolean help() {
            return steps.help();
        }
    }
}
