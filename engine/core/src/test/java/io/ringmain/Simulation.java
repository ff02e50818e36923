package io.ringmain;

import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs one seed: the real rooms, stepped in an order drawn from the seed, with publishers, faults and time moving between the
 * steps, and the invariants checked after each.
 */
final class Simulation {

    private static final int VOIDED = 99;
    // Each wish of a lane count wakes all duties, so where there are many of them the clock moves rarely.
    private static final int STEPS_MAX = 500_000;
    private static final int CALLS_MAX = 1_000_000;

    private final SplittableRandom random;
    private final SplittableRandom wishes;
    private final SimPlan plan;
    private final Pipeline<SimEvent> pipeline;
    private final SimSubscribers subscribers;
    private final long[] published;
    private long publishedInAll;
    private long refusedInAll;
    /** After so many calls that did nothing nobody is awake any more: each partition adds some duties. */
    private final int patience;

    private int steps;
    private int idle;
    private int calls;

    Simulation(long seed) {
        random = new SplittableRandom(seed ^ 0x517CC1B727220A95L);
        wishes = new SplittableRandom(seed ^ 0x2545F4914F6CDD1DL);
        plan = new SimPlan(seed);
        pipeline = plan.build();
        patience = 40 * (1 + plan.partitions.size());
        subscribers = new SimSubscribers(plan, pipeline);
        published = new long[plan.publishers];
        plan.runner.afterEachStep(this::checkStep);
    }

    /** Runs to the end; throws an error if anything is broken. */
    void run() {
        pipeline.start();
        long stopAfter = random.nextInt(4) == 0 ? random.nextInt(500) : STEPS_MAX;
        while (pipeline.state() != PipelineState.CLOSED && steps < stopAfter && !(isExhausted() && idle > 200)) {
            turn();
        }
        expect(plan.direct || plan.inputs.comeAndGo || steps < STEPS_MAX, "the input ends by itself");
        pipeline.drain(Duration.ofHours(10));
        checkEnd(pipeline.report(), stopAfter == STEPS_MAX);
    }

    private boolean isExhausted() {
        return plan.direct ? left() == 0 : plan.inputs.comeAndGo;
    }

    private long left() {
        long left = 0;
        for (long count : published) {
            left += plan.eventsPerSource - count;
        }
        return left;
    }

    private void turn() {
        steps++;
        if (!plan.partitions.isEmpty() && wishes.nextInt(20) == 0) {
            changeLanes();
        }
        subscribers.turn();
        plan.inputs.comeOrGo(pipeline);
        plan.letters.turn();
        if (plan.direct && random.nextInt(4) == 0) {
            publish();
        } else if (plan.runner.step() > 0) {
            idle = 0;
        } else {
            idle++;
            moveClock();
        }
    }

    private void changeLanes() {
        Partitions partitions = pipeline.partitions(plan.partitions.get(wishes.nextInt(plan.partitions.size())));
        partitions.lanes(1 + wishes.nextInt(partitions.lanesMax()));
    }

    private void moveClock() {
        if (random.nextInt(8) == 0) {
            plan.runner.clock().advance(random.nextInt(200_000));
        } else if (idle % patience == patience - 1 && plan.runner.wakeAtNs() != Long.MAX_VALUE) {
            plan.runner.clock().advanceTo(plan.runner.wakeAtNs());
        }
    }

    private void publish() {
        int source = random.nextInt(plan.publishers);
        int count =
                (int) Math.min(1 + random.nextInt(4), Math.min(plan.bound, plan.eventsPerSource - published[source]));
        if (count == 0) {
            return;
        }
        Publisher<SimEvent> publisher = pipeline.publisher();
        if (random.nextInt(10) == 0) {
            publishFailing(publisher, count);
            return;
        }
        long first = published[source];
        boolean waitsForEver = plan.whenFull instanceof WhenFull.Block
                || plan.whenFull instanceof WhenFull.Sample
                || plan.inputs.comeAndGo;
        Publication outcome = !waitsForEver
                ? publisher.publishBatch(count, (event, i, from) -> event.begin(source, first + i), this)
                : publisher.tryPublishBatch(count, (event, i, from) -> event.begin(source, first + i), this);
        switch (outcome) {
            case PUBLISHED, DROPPED -> {
                published[source] += count;
                publishedInAll += count;
            }
            case FULL -> refusedInAll += count;
            case CLOSED -> published[source] = plan.eventsPerSource;
            case INTERRUPTED -> throw new BrokenInvariant("nobody interrupts");
        }
    }

    private void publishFailing(Publisher<SimEvent> publisher, int count) {
        int failing = random.nextInt(count);
        try {
            Publication outcome = publisher.tryPublishBatch(
                    count,
                    (event, i, from) -> {
                        event.begin(VOIDED, 99);
                        if (i == failing) {
                            throw new IllegalStateException("filler");
                        }
                    },
                    this);
            if (outcome == Publication.PUBLISHED) {
                throw new BrokenInvariant("a batch was published although its filler failed");
            }
            refusedInAll += outcome == Publication.FULL ? count : 0;
            // A sample leaves events out before anybody fills them.
            publishedInAll += outcome == Publication.DROPPED ? count : 0;
        } catch (IllegalStateException expected) {
            // Nothing of the batch may ever be seen, which the end checks.
        }
    }

    private void checkStep() {
        calls++;
        if (calls > CALLS_MAX) {
            throw new BrokenInvariant("no end after " + CALLS_MAX + " steps: " + pipeline.measuredAccounts() + " at "
                    + plan.runner.clock());
        }
        checkBalance();
        long replayed = pipeline.measuredAccounts().get(0).replayed();
        expect(replayed == plan.letters.claimed(), "what came back is counted: " + replayed);
        subscribers.checkStep();
    }

    private void checkBalance() {
        for (Accounts accounts : pipeline.measuredAccounts()) {
            if (!accounts.balanced() || accounts.inFlight() < 0) {
                throw new BrokenInvariant("the accounts do not balance: " + accounts);
            }
        }
    }

    private void checkEnd(Report report, boolean ranToTheEnd) {
        checkBalance();
        Accounts accounts = report.accounts();
        expect(report.ran().toHours() < 1, "the pipeline ends by itself, not by its deadline: " + report);
        expect(report.abandoned().isEmpty(), "no lane is abandoned: " + report.abandoned());
        for (Report.Failure failure : report.failures()) {
            expect(!failure.type().equals(BrokenInvariant.class.getName()), failure.where() + ": " + failure.message());
            expect(!failure.message().contains("can move"), failure.toString());
            expect(
                    !failure.type().contains("NullPointer") && !failure.type().contains("IndexOutOfBounds"),
                    failure.toString());
        }
        if (!report.failed()) {
            expect(accounts.inFlight() == 0, "nothing is left in flight: " + accounts);
            expect(report.left().isEmpty(), "nothing is left: " + report);
            plan.letters.checkEnd();
        }
        expect(
                plan.policies.filesLeft().isEmpty()
                        && plan.ways.policies.filesLeft().isEmpty(),
                "no spill is left: " + plan.policies.filesLeft());
        report.edges().forEach(this::checkEdge);
        subscribers.checkEnd(report);
        expect(accounts.deadLettered() <= plan.letters.count(), "each dead letter was kept: " + plan.letters.count());
        expect(report.refused() == refusedInAll + plan.inputs.refused(), "refusals are counted: " + report.refused());
        long given = publishedInAll
                + plan.sources.stream().mapToLong(source -> source.given()).sum()
                + plan.inputs.given()
                + plan.letters.claimed();
        plan.inputs.check(report);
        expect(accounts.received() == given, "what was given is received: " + given + " " + accounts);
        plan.sinks.forEach(sink -> {
            expect(report.failed() || !sink.dirty, sink + " is flushed after its last batch");
            expect(sink.closes == 1, sink + " is closed once: " + sink.closes);
            expect(
                    !sink.ids.contains(99L) || plan.eventsPerSource > 99 || sink.ids.size() > 0,
                    "no voided event is delivered");
        });
        for (int i = 0; i < plan.sinks.size(); i++) {
            String name = "sink" + i;
            long taken = plan.sinks.get(i).ids.size();
            report.sinks().stream()
                    .filter(sink -> sink.name().equals(name))
                    .forEach(sink ->
                            expect(sink.delivered() == taken, "what a sink took is delivered: " + taken + sink));
        }
        report.sinks().forEach(sink -> {
            long fates = sink.delivered() + sink.notWanted() + sink.dropped() + sink.deadLettered();
            boolean settled = sink.offered() == fates + sink.inFlight() && sink.inFlight() >= 0;
            expect(settled && (report.failed() || sink.inFlight() == 0), "the sink's accounts balance: " + sink);
        });
        boolean predicted = ranToTheEnd && !report.failed() && plan.isPredictable();
        if (predicted) {
            checkPredicted(accounts);
        }
        plan.journal.check(report, plan, predicted);
    }

    private void checkEdge(Report.EdgeReport edge) {
        long dropped =
                edge.dropped().values().stream().mapToLong(Long::longValue).sum();
        expect(edge.processed() + dropped + edge.waiting() <= edge.received(), "an edge gives what it takes: " + edge);
        expect(!edge.dropped().containsKey("spill_failed"), "what is to be spilled can be: " + edge);
    }

    private void checkPredicted(Accounts accounts) {
        boolean stops = plan.whenFailed instanceof WhenFailed.Stop;
        expect(!stops || accounts.deadLettered() + accounts.droppedInAll() == 0, "stop gives nothing up: " + accounts);
        for (SimSink sink : plan.sinks) {
            expect(new HashSet<>(sink.ids).size() <= plan.eventsPerSource, "no stranger is delivered to " + sink);
        }
        long delivered = accounts.delivered() + accounts.absorbed();
        long gone = accounts.filtered() + accounts.droppedInAll() + accounts.deadLettered();
        expect(delivered + gone == accounts.received(), "each event has one fate: " + accounts);
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new BrokenInvariant("broken: " + what);
        }
    }

    @Override
    public String toString() {
        return plan.toString();
    }

    /** Runs {@code seeds} and says how to repeat the first that breaks. */
    static void runAll(List<Long> seeds) {
        for (long seed : seeds) {
            Simulation simulation = new Simulation(seed);
            try {
                simulation.run();
            } catch (RuntimeException | Error broken) {
                throw new AssertionError(
                        "seed " + seed + ": " + broken.getMessage() + "\n  plan: " + simulation
                                + "\n  repeat: mvn -B verify -pl engine/core -am -Dtest=SimulationTest -Dringmain.seed="
                                + seed,
                        broken);
            }
        }
    }
}
