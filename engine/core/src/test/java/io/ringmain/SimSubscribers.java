package io.ringmain;

import io.ringmain.Report.SubscriberReport;
import io.ringmain.config.Subscribing;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final SplittableRandom choices;
    private final SplittableRandom parts;
    private final List<Joiner> joiners = new ArrayList<>();

    SimSubscribers(SimPlan plan, Pipeline<SimEvent> pipeline) {
        this.plan = plan;
        this.pipeline = pipeline;
        random = plan.faults.ofItsOwn("subscribers");
        choices = plan.faults.ofItsOwn("choices of subscribers");
        parts = plan.faults.ofItsOwn("parts of subscribers");
        if (random.nextInt(2) == 0) {
            join(false, 0, 0);
        }
    }

    /** Perhaps lets somebody join or leave. */
    void turn() {
        if (joiners.isEmpty() || random.nextInt(20) > 0) {
            return;
        }
        if (random.nextBoolean() && joiners.size() < JOINERS_MAX) {
            int refusing = choices.nextBoolean() ? 0 : 1 + choices.nextInt(4);
            join(random.nextBoolean(), random.nextBoolean() ? 0 : 1 + random.nextInt(25), refusing);
        } else if (joiners.size() > 1) {
            Joiner leaver = joiners.get(1 + random.nextInt(joiners.size() - 1));
            leaver.left = true;
            required(leaver).close();
        }
    }

    private void join(boolean lossy, int failPercent, int refusing) {
        var joiner = new Joiner(lossy, failPercent, refusing, random.split());
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
        expect(
                all.stream().map(id -> id % 10_000_000_000L).distinct().count() == all.size(),
                "nothing is seen twice: " + joiners.get(0));
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

    private static void checkSeen(Joiner joiner, SubscriberReport account, List<Long> everything) {
        List<Long> all = everything.stream().filter(joiner::wantsId).toList();
        boolean stayed = !joiner.left && account.failed() == 0;
        int from = joiner.ids.isEmpty() ? all.size() : all.indexOf(joiner.ids.get(0));
        expect(from >= 0, "no stranger is seen: " + joiner);
        if (joiner.partPercent > 0) {
            List<Long> inOrder = joiner.ids.stream()
                    .sorted(Comparator.comparing(all::indexOf))
                    .toList();
            expect(isPart(inOrder, all), "what is seen is seen once: " + joiner + " of " + all);
        } else if (joiner.lossy) {
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
        // Wants what this does not divide; 0 if it does not choose.
        private final int refusing;
        // How many of a hundred events it cannot take while it takes the others.
        private final int partPercent;
        private final SplittableRandom roll;
        private final List<Long> ids = new ArrayList<>();
        private @Nullable Subscription subscription;
        private boolean left;
        private long lagged;
        private int closes;

        Joiner(boolean lossy, int failPercent, int refusing, SplittableRandom roll) {
            this.lossy = lossy;
            this.failPercent = failPercent;
            this.refusing = refusing;
            this.roll = roll;
            partPercent = failPercent == 0 || parts.nextBoolean() ? 0 : 1 + parts.nextInt(20);
        }

        private void lag(long count) {
            expect(count > 0, "only what was lost is told of");
            lagged += count;
        }

        private boolean wantsId(long id) {
            return refusing == 0 || id % refusing != 0;
        }

        @Override
        public boolean chooses() {
            return refusing > 0;
        }

        @Override
        public boolean wants(SimEvent event) {
            if (choices.nextInt(1000) < failPercent * 2) {
                throw new IllegalStateException("fault in the choice of a subscriber");
            }
            return wantsId(seenAs(event));
        }

        private static long seenAs(SimEvent event) {
            return event.letter * 10_000_000_000L + event.source * 1_000_000L + event.id;
        }

        @Override
        public void write(Batch<SimEvent> batch) {
            for (int i = 0; i < batch.size(); i++) {
                SimEvent event = batch.event(i);
                expect(wantsId(seenAs(event)), this + " was given what it does not want: " + event.id);
                if (!lossy) {
                    // What waits for the others may be seen after it was done with.
                    plan.letters.isUnderWay(event);
                }
                if (event.sum != SimSink.expectedSum(event.id, plan.stagesBeforeSubscribers())) {
                    throw new BrokenInvariant(this + " was given event " + event.id + ", on which another lane works");
                }
            }
            if (roll.nextInt(100) < failPercent) {
                throw new IllegalStateException("fault of a subscriber");
            }
            for (int i = 0; i < batch.size(); i++) {
                if (parts.nextInt(100) < partPercent) {
                    batch.failed(i, new IllegalStateException("event refused by a subscriber"));
                } else {
                    ids.add(seenAs(batch.event(i)));
                }
            }
        }

        @Override
        public void close() {
            closes++;
        }

        @Override
        public String toString() {
            return "Joiner{lossy=" + lossy + ", left=" + left + ", refusing=" + refusing + ", lagged=" + lagged
                    + ", ids=" + ids + '}';
        }
    }
}
