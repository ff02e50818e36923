package io.ringmain;

import io.ringmain.config.Replaying;
import io.ringmain.kit.MemoryJournal;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalReader;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The journal of some simulated pipelines, which has no room now and then, and their replay. */
final class SimJournal {

    private final MemoryJournal journal = new MemoryJournal();
    private final long seed;
    private final boolean used;
    private @Nullable JournalReader reader;

    SimJournal(long seed) {
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed ^ 0x1F83D9ABFB41BD6BL);
        used = random.nextInt(3) == 0;
        int fullPercent = random.nextBoolean() ? 0 : random.nextInt(60);
        journal.fullWhile(() -> random.nextInt(100) < fullPercent);
    }

    /** Returns what it drew, in words. */
    String addTo(PipelineBuilder<SimEvent, SimEvent> builder) {
        if (reader != null) {
            builder.replaying(reader, Replaying.ALL);
            return " replayed";
        }
        if (used) {
            builder.journal(journal);
        }
        return used ? " journalled" : "";
    }

    /** Checks that what came in is what was written down, and that it gives the same again if {@code plan} says what it gives. */
    void check(Report report, SimPlan plan, boolean predicted) {
        if (!used) {
            return;
        }
        Report.EdgeReport intake = report.edges().get(0);
        long dropped =
                intake.dropped().values().stream().mapToLong(Long::longValue).sum();
        long written = events();
        if (intake.processed() > written || written > intake.received() - dropped) {
            throw new BrokenInvariant("not what came in is in the journal: " + written + " of " + intake);
        }
        if (!report.failed()
                && (written != intake.received() - dropped || !journal.foot().complete())) {
            throw new BrokenInvariant("not all is in the journal: " + written + " of " + intake + journal.foot());
        }
        if (predicted && !plan.ways.policies.lose()) {
            replay(plan);
        }
    }

    private long events() {
        try {
            long events = 0;
            var block = new JournalBlock();
            JournalReader all = journal.reader();
            while (all.next(block)) {
                while (block.next()) {
                    events += block.kind() == JournalBlock.DATA ? 1 : 0;
                }
            }
            return events;
        } catch (IOException damaged) {
            throw new BrokenInvariant("the journal cannot be read: " + damaged);
        }
    }

    private void replay(SimPlan plan) {
        var again = new SimPlan(seed);
        again.journal.reader = journal.reader();
        Report report = again.build().start().await();
        if (report.failed()) {
            throw new BrokenInvariant("the replay failed: " + report.failures());
        }
        for (int i = 0; i < plan.sinks.size(); i++) {
            List<Long> ids = plan.sinks.get(i).ids;
            if (!again.sinks.get(i).ids.equals(ids)) {
                throw new BrokenInvariant("the replay gave " + plan.sinks.get(i) + ' ' + again.sinks.get(i).ids
                        + " (expected: " + ids + ')');
            }
        }
    }
}
