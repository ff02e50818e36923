package io.ringmain.perf.chaos;

import io.ringmain.Accounts;
import io.ringmain.Pipeline;
import io.ringmain.PipelineException;
import io.ringmain.PipelineState;
import io.ringmain.Report;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.FileSink;
import io.ringmain.logs.file.LineText;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.logs.plan.LetterSettings;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.PlanFile;
import io.ringmain.logs.plan.PlanPipeline;
import io.ringmain.logs.plan.Reading;
import io.ringmain.logs.plan.StandIns;
import io.ringmain.logs.plan.Surroundings;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The child process: runs the plan in a folder until its input ends, or until it is told to drain, and says on standard output how far it is.
 *
 * <pre>
 *   ready       the process has begun
 *   started     the pipeline runs
 *   draining    its input has ended
 *   ended …     with which accounts; the exit code is 0 if all is well, else 1
 *   refused …   it could not be started, and why; exit code 78
 *   trap        a thread stands at the armed point
 * </pre>
 */
public final class Subject {

    static final String READY = "ready";
    static final String STARTED = "started";
    static final String DRAINING = "draining";
    static final String ENDED = "ended";
    static final String REFUSED = "refused";

    private static final int EXIT_REFUSED = 78;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SLOW_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final Duration DRAIN_MAX = Duration.ofHours(1);

    private Subject() {}

    /** Runs the plan {@code args[0]}/plan.yaml with the fault {@code args[1]}. */
    public static void main(String[] args) {
        Trap.say(READY);
        System.exit(run(Path.of(args[0]), Fault.named(args[1])));
    }

    private static int run(Path folder, Fault fault) {
        Reading reading = PlanFile.read(folder.resolve("plan.yaml"), Map.of());
        Plan plan = reading.plan().orElse(null);
        if (plan == null) {
            Trap.say(REFUSED + ' ' + reading.problems());
            return EXIT_REFUSED;
        }
        var runner = new SkewedRunner(Variant.CLOCK_FACTOR);
        Variant variant = Variant.of(plan.name());
        try (Pipeline<LogEvent> pipeline = pipeline(plan, new Lab(folder, fault, runner, variant))) {
            pipeline.start();
            Trap.say(STARTED);
            drainWhenTold(pipeline);
            watch(pipeline, fault, runner);
            return end(pipeline.await());
        } catch (PipelineException refused) {
            Trap.say(REFUSED + ' ' + oneLine(String.valueOf(refused.getMessage())));
            return EXIT_REFUSED;
        }
    }

    private static Pipeline<LogEvent> pipeline(Plan plan, Lab lab) {
        if (lab.variant == Variant.PARKING) {
            return FlakyPlan.build(lab.folder, lab.clock);
        }
        if (plan.settings().letters() instanceof LetterSettings.OnDisk disk) {
            return LetterPlan.build(lab.variant, lab.folder, disk.path(), lab.clock);
        }
        var surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new StandardOutput(OutputStream.nullOutputStream(), false),
                "laboratory",
                () -> 0,
                System::nanoTime);
        return PlanPipeline.build(plan, surroundings, false, lab).pipeline();
    }

    private static void drainWhenTold(Pipeline<LogEvent> pipeline) {
        var listener = new Thread(
                () -> {
                    try {
                        if (System.in.read() >= 0) {
                            pipeline.drain(DRAIN_MAX);
                        }
                    } catch (IOException gone) {
                        // Nobody will say anything.
                        return;
                    }
                },
                "listener");
        listener.setDaemon(true);
        listener.start();
    }

    private static void watch(Pipeline<LogEvent> pipeline, Fault fault, SkewedRunner runner) {
        boolean said = false;
        int looks = 0;
        while (pipeline.state() != PipelineState.CLOSED) {
            if (pipeline.state() == PipelineState.DRAINING && !said) {
                said = true;
                Trap.say(DRAINING);
            }
            looks++;
            if (fault == Fault.CLOCK && looks % 100 == 0) {
                runner.jump(Duration.ofHours(1).toNanos());
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private static int end(Report report) {
        Accounts accounts = report.accounts();
        boolean well = report.succeeded() && accounts.balanced() && accounts.inFlight() == 0;
        Trap.say(ENDED + (well ? " well " : " badly ") + "received=" + accounts.received() + " dropped="
                + dropped(report) + ' '
                + oneLine(accounts + " failures=" + report.failures()));
        return well ? 0 : 1;
    }

    /** What was dropped on the way to any file. */
    private static long dropped(Report report) {
        long dropped = report.accounts().droppedInAll();
        for (Report.EdgeReport edge : report.edges()) {
            if (edge.name().endsWith(Report.EdgeReport.OF_SINK)) {
                dropped += edge.dropped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
            }
        }
        return dropped;
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }

    /** What takes the place of parts of the plan. */
    private record Lab(Path folder, Fault fault, SkewedRunner clock, Variant variant) implements StandIns {

        @Override
        public Optional<Runner> runner() {
            return Optional.of(clock);
        }

        @Override
        public OptionalInt bound() {
            return variant.bound();
        }

        @Override
        public Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
            boolean slow = part.name().equals(Variant.SLOW_SINK);
            boolean faulty = fault != Fault.NONE && part.name().equals("parsed");
            if (!slow && !faulty) {
                return Optional.empty();
            }
            Path path = folder.resolve(part.name() + ".log");
            FileSink file = new FileSink("sinks." + part.name(), path, new LineText(keys), false);
            return Optional.of(new LabSink(file, faulty ? fault : Fault.NONE, slow ? SLOW_NS : 0));
        }
    }
}
