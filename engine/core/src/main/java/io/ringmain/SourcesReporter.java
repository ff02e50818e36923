package io.ringmain;

import io.ringmain.Report.Blocked;
import io.ringmain.Report.SourceReport;
import io.ringmain.internal.assembly.Rooms;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.intake.Door;
import io.ringmain.internal.intake.DoorCounts;
import io.ringmain.internal.intake.FeedLane;
import io.ringmain.internal.intake.Inflow;
import io.ringmain.internal.intake.IntakeLane;
import io.ringmain.internal.intake.Merge;
import io.ringmain.internal.intake.ReplayLane;
import io.ringmain.internal.journal.JournalLane;
import io.ringmain.spi.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the counts of the inputs for a report.
 *
 * <p>Thread: any.
 */
final class SourcesReporter {

    private final Rooms<?> rooms;

    SourcesReporter(Rooms<?> rooms) {
        this.rooms = rooms;
    }

    /** What came from each. */
    List<SourceReport> sources() {
        List<SourceReport> sources = new ArrayList<>();
        List<Blocked> blocked = blockedAtIntake();
        Merge<?> merge = rooms.merge();
        if (merge != null) {
            merge.accounts().stream()
                    .map(account -> source(account, blocked))
                    .filter(source -> source.received() > 0 || !source.name().equals(DeadLetters.SOURCE))
                    .forEach(sources::add);
        }
        ReplayLane<?> replay = rooms.replay();
        if (replay != null) {
            List<String> names = replay.names();
            for (int i = 0; i < names.size(); i++) {
                sources.add(new SourceReport(names.get(i), replay.received(i), 0, Map.of(), blocked));
            }
        }
        Door<?> door = rooms.door();
        if (door != null) {
            String name =
                    rooms.pushes.isEmpty() ? "publisher" : rooms.pushes.get(0).name();
            sources.add(
                    new SourceReport(name, door.received(), door.refused(), Reporter.drops(door::eachDrop), blocked));
        }
        return sources;
    }

    /** How many of them were letters that came back. */
    long replayed() {
        ReplayLane<?> replay = rooms.replay();
        if (replay != null) {
            int letters = replay.names().indexOf(DeadLetters.SOURCE);
            return letters < 0 ? 0 : replay.received(letters);
        }
        Merge<?> merge = rooms.merge();
        return merge == null ? 0 : merge.receivedFrom(DeadLetters.SOURCE);
    }

    private static SourceReport source(Inflow.Account account, List<Blocked> blockedAtIntake) {
        DoorCounts door = account.door();
        return new SourceReport(
                account.name(),
                account.received().getAsLong(),
                door == null ? 0 : door.refused(),
                Reporter.drops(account.drops()),
                door == null ? blockedAtIntake : Reporter.blocked(door.blockedCount(), door.blockedNs()));
    }

    /** What held all of them back. */
    List<Blocked> blockedAtIntake() {
        List<BlockedTime> blocked = new ArrayList<>();
        JournalLane<?> journal = rooms.journal();
        if (journal != null) {
            blocked.addAll(journal.blocked());
        }
        IntakeLane<?> intake = rooms.intake();
        FeedLane feed = rooms.feed();
        ReplayLane<?> replay = rooms.replay();
        if (intake != null) {
            blocked.addAll(intake.blocked());
        } else if (feed != null) {
            blocked.addAll(feed.blocked());
        } else if (replay != null) {
            blocked.addAll(replay.blocked());
        }
        List<Blocked> all = new ArrayList<>(Reporter.blocked(blocked));
        Door<?> door = rooms.door();
        if (door != null && feed == null) {
            all.addAll(Reporter.blocked(door.blockedCount(), door.blockedNs()));
        }
        return List.copyOf(all);
    }
}
