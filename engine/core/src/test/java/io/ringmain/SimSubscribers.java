package io.ringmain;

import io.ringmain.Report.SubscriberReport;
import io.ringmain.config.Subscribing;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sinks that join a simulated pipeline and leave it as the seed says. The first is lossless, is there from the start to the end and never fails: what it sees is
 * what the others may see.
 */
final class SimSubscribers {

    private static final int JOINERS_MAX = 6;

    private final SimPlan plan;
    private final Pipeline<SimEvent> pipeline;
    private final SplittableRandom random;
    private final List<Joiner> joiners = new ArrayList<>();

    SimSubscribers(SimPlan plan, Pipeline<SimEvent> pipeline) {
        this.plan = plan;
        this.pipeline = pipeline;
        random = plan.faults.ofItsOwn("subscribers");
        if (random.nextInt(2) == 0) {
            join(false, 0);
        }
    }

    /** Perhaps lets somebody join or leave. */
    void turn() {
        if (joiners.isEmpty() || random.nextInt(20) > 0) {
            return;
        }
        if (random.nextBoolean() && joiners.size() < JOINERS_MAX) {
            join(random.nextBoolean(), random.nextBoolean() ? 0 : 1 + random.nextInt(25));
        } else if (joiners.size() > 1) {
            Joiner leaver = joiners.get(1 + random.nextInt(joiners.size() - 1));
            leaver.left = true;
            required(leaver).close();
        }
    }

    private void join(boolean lossy, int failPercent) {
        var joiner = new Joiner(lossy, failPercent, random.split());
        Subscribing way = lossy ? Subscribing.lossy(1 + random.nextInt(8), joiner::lag) : Subscribing.lossless();
        joiner.subscription = pipeline.subscribe("joiner" + joiners.size(), joiner, way);
        joiners.add(joiner);
    }

    void checkStep() {
        for (Joiner joiner : joiners) {
            SubscriberReport report = required(joiner).report();
            expect(report.inFlight() >= 0, "no subscriber is given more than came: " + report);
            if (joiner.lossy && required(joiner).isOpen()) {
                long measured = required(joiner).inFlightMeasured();
                expect(measured == report.inFlight(), "the room holds what is in flight: " + measured + " " + report);
            }
        }
    }

    void checkEnd(Report report) {
        if (joiners.isEmpty()) {
            return;
        }
        List<Long> all = joiners.get(0).ids;
        for (Joiner joiner : joiners) {
            SubscriberReport account = required(joiner).report();
            expect(!required(joiner).isOpen() && joiner.closes == 1, "a subscriber ends once: " + joiner);
            expect(account.delivered() == joiner.ids.size(), "what it saw is counted: " + account + joiner);
            expect(account.lagged() == joiner.lagged, "it learned of all it missed: " + account + joiner);
            // After a failure a lane may be ended in the middle of its batches, each in another place.
            if (!report.failed()) {
                checkSeen(joiner, account, all);
            }
        }
    }

    private static void checkSeen(Joiner joiner, SubscriberReport account, List<Long> all) {
        boolean stayed = !joiner.left && account.failed() == 0;
        int from = joiner.ids.isEmpty() ? all.size() : all.indexOf(joiner.ids.get(0));
        expect(from >= 0, "no stranger is seen: " + joiner);
        if (joiner.lossy) {
            expect(isPart(joiner.ids, all), "what is seen is seen in order: " + joiner + " of " + all);
        } else {
            List<Long> rest = all.subList(from, all.size());
            expect(
                    stayed
                            ? rest.equals(joiner.ids)
                            : rest.subList(0, joiner.ids.size()).equals(joiner.ids),
                    "everything is seen from the first on: " + joiner + " of " + all);
        }
        if (stayed) {
            expect(account.inFlight() == 0, "nothing is left for who stayed: " + account);
        }
    }

    private static boolean isPart(List<Long> part, List<Long> all) {
        int at = 0;
        for (Long id : all) {
            if (at < part.size() && part.get(at).equals(id)) {
                at++;
            }
        }
        return at == part.size();
    }

    private static Subscription required(Joiner joiner) {
        Subscription subscription = joiner.subscription;
        if (subscription == null) {
            throw new BrokenInvariant("joined without a subscription");
        }
        return subscription;
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new BrokenInvariant("broken: " + what);
        }
    }

    private final class Joiner implements Sink<SimEvent> {

        private final boolean lossy;
        private final int failPercent;
        private final SplittableRandom roll;
        private final List<Long> ids = new ArrayList<>();
        private @Nullable Subscription subscription;
        private boolean left;
        private long lagged;
        private int closes;

        Joiner(boolean lossy, int failPercent, SplittableRandom roll) {
            this.lossy = lossy;
            this.failPercent = failPercent;
            this.roll = roll;
        }

        private void lag(long count) {
            expect(count > 0, "only what was lost is told of");
            lagged += count;
        }

        @Override
        public void write(Batch<SimEvent> batch) {
            for (int i = 0; i < batch.size(); i++) {
                SimEvent event = batch.event(i);
                if (event.sum != SimSink.expectedSum(event.id, plan.stagesBeforeSubscribers())) {
                    throw new BrokenInvariant(this + " was given event " + event.id + ", on which another lane works");
                }
            }
            if (roll.nextInt(100) < failPercent) {
                throw new IllegalStateException("fault of a subscriber");
            }
            for (int i = 0; i < batch.size(); i++) {
                ids.add(batch.event(i).source * 1_000_000L + batch.event(i).id);
            }
        }

        @Override
        public void close() {
            closes++;
        }

        @Override
        public String toString() {
            return "Joiner{lossy=" + lossy + ", left=" + left + ", lagged=" + lagged + ", ids=" + ids + '}';
        }
    }
}
