package io.ringmain;

import io.ringmain.CrashWorld.Disk;
import io.ringmain.CrashWorld.Line;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.LetterSource;
import io.ringmain.spi.Reentry;
import io.ringmain.spi.Source.Status;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of a simulated world, which outlive a run. A power cut takes letters and marks that were not flushed. What a run adds again because it reads its events again is known
 * by stage, source and position.
 */
final class CrashLetters {

    private static final class Letter {

        private final String stage;
        private final int source;
        private final long id;
        private final SimEvent event = new SimEvent();
        private boolean isMarked;
        private boolean isMarkDurable;
        /** No way leads back to its stage. */
        private boolean stays;

        Letter(FailedEvent<?> failed, SimEvent event) {
            stage = failed.stage();
            source = event.source;
            id = event.id;
            SimEvent.TYPE.copy(event, this.event);
        }

        int place() {
            return Integer.parseInt(stage.replaceAll("\\D", ""));
        }

        String key() {
            return stage + ' ' + source + ' ' + id;
        }
    }

    private final CrashWorld world;
    private final List<Letter> letters = new ArrayList<>();
    private int durable;
    /** Which events become letters, and not only when they have been set aside. */
    private LongPredicate bury = id -> false;

    private boolean giveNoneBack;

    CrashLetters(CrashWorld world) {
        this.world = world;
    }

    /** A life begins. */
    void begin(boolean power) {
        if (power) {
            int kept = durable + world.random.nextInt(letters.size() - durable + 1);
            letters.subList(kept, letters.size()).clear();
            letters.forEach(letter -> letter.isMarked &= letter.isMarkDurable || world.random.nextBoolean());
        }
        makeDurable();
    }

    private void makeDurable() {
        durable = letters.size();
        letters.forEach(letter -> letter.isMarkDurable = letter.isMarked);
    }

    /** Says which events become letters; {@code giveNoneBack} if they wait in a room before the first ring. */
    void expect(LongPredicate buried, boolean noneBack) {
        bury = buried;
        giveNoneBack = noneBack;
    }

    /** Each event that a checkpoint covers, and that is to be a letter, is one, once, and durable. */
    void checkThatNoneIsMissing(int source, long position) {
        for (long id = 0; id < position; id++) {
            if (bury.test(id)) {
                long event = id;
                long count = letters.subList(0, durable).stream()
                        .filter(letter -> letter.source == source && letter.id == event)
                        .count();
                if (count != 1) {
                    throw new BrokenInvariant("event " + id + " of source " + source
                            + " is acknowledged and durable as " + count + " letters (expected: 1)");
                }
            }
        }
    }

    /** Whether all letters to which a way leads back have been marked. */
    boolean areDone() {
        return giveNoneBack || letters.stream().allMatch(letter -> letter.isMarked || letter.stays);
    }

    /** Whether the event was a letter, at a place before {@code place}, that came back and was marked. */
    boolean isBack(int source, long id, int place) {
        return letters.stream()
                .anyMatch(letter ->
                        letter.isMarked && letter.source == source && letter.id == id && letter.place() <= place);
    }

    /** Makes the store of one life; {@code eager} if it gives all back at once. */
    DeadLetters store(SplittableRandom chance, boolean eager) {
        return new Store(chance, eager);
    }

    private final class Store implements DeadLetters, LetterSource, Stateful {

        private final SplittableRandom chance;
        private final boolean eager;
        private final int roomlessPercent;
        /** Letters of earlier lives whose events may come again, by what they are. */
        private final Map<String, Integer> known = new HashMap<>();

        private final List<Letter> claimed = new ArrayList<>();
        private int acknowledged;

        Store(SplittableRandom chance, boolean eager) {
            this.chance = chance;
            this.eager = eager;
            roomlessPercent = chance.nextBoolean() ? 0 : chance.nextInt(50);
        }

        @Override
        public boolean add(FailedEvent<?> failed) {
            world.point("before a letter is added");
            if (chance.nextInt(100) < roomlessPercent) {
                return false;
            }
            if (!(failed.event() instanceof SimEvent event)
                    || !failed.positionLasts()
                    || event.id != failed.position()) {
                throw new BrokenInvariant("a letter of " + failed.source() + " at " + failed.position());
            }
            var letter = new Letter(failed, event);
            if (known.remove(letter.key()) == null) {
                if (letters.stream().anyMatch(other -> other.key().equals(letter.key()))) {
                    throw new BrokenInvariant(letter.key() + " is a letter already");
                }
                letters.add(letter);
            }
            world.point("after a letter is added");
            return true;
        }

        @Override
        public long count() {
            return letters.size();
        }

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public void flush() {
            world.point("before letters are flushed");
            makeDurable();
            world.point("after letters are flushed");
        }

        @Override
        public @Nullable LetterSource retries() {
            return this;
        }

        @Override
        public Status fill(Reentry reentry, int max) {
            int left = eager ? max : Math.min(max, chance.nextInt(3));
            for (int i = 0; i < letters.size() && left > 0; i++) {
                Letter letter = letters.get(i);
                if (!letter.isMarked && !letter.stays && !claimed.contains(letter)) {
                    if (reentry.typeAt(letter.stage) == null) {
                        letter.stays = true;
                    } else {
                        give(letter, i + 1, reentry);
                        left--;
                    }
                }
            }
            return eager && left == 0 ? Status.READY : Status.IDLE;
        }

        private void give(Letter letter, int number, Reentry reentry) {
            SimEvent event = (SimEvent) reentry.claim(letter.stage, number);
            SimEvent.TYPE.copy(letter.event, event);
            event.letter = number;
            claimed.add(letter);
            world.point("after a letter is claimed");
        }

        @Override
        public void acknowledged(long count) {
            for (; acknowledged < count; acknowledged++) {
                world.point("before a letter is marked");
                Letter letter = claimed.get(acknowledged);
                if (letter.isMarked) {
                    throw new BrokenInvariant(letter.key() + " is marked twice");
                }
                for (Disk disk : world.disks) {
                    var line = new Line(letter.source, letter.id, true);
                    if (disk.ordered
                            && disk.place >= letter.place()
                            && disk.takes(line)
                            && !disk.lines.subList(0, disk.durable).contains(line)) {
                        throw new BrokenInvariant(letter.key() + " is done with and not durable in " + disk.name);
                    }
                }
                letter.isMarked = true;
            }
        }

        /**
         * Also what earlier lives have added and was not met again: this one may be killed before it comes to their events. And what came back: it is done with once the checkpoint is
         * stored, whether or not somebody comes to mark it.
         */
        @Override
        public void save(DataOutput out) throws IOException {
            world.point("before letters are saved");
            out.writeInt(letters.size());
            write(List.copyOf(known.values()), out);
            write(
                    claimed.subList(acknowledged, claimed.size()).stream()
                            .map(letters::indexOf)
                            .toList(),
                    out);
        }

        private static void write(List<Integer> indexes, DataOutput out) throws IOException {
            out.writeInt(indexes.size());
            for (int index : indexes) {
                out.writeInt(index);
            }
        }

        @Override
        public void load(DataInput in) throws IOException {
            world.point("before letters are loaded");
            for (int index = in.readInt(); index < letters.size(); index++) {
                known.put(letters.get(index).key(), index);
            }
            for (int left = in.readInt(); left > 0; left--) {
                int index = in.readInt();
                known.put(letters.get(index).key(), index);
            }
            for (int left = in.readInt(); left > 0; left--) {
                letters.get(in.readInt()).isMarked = true;
            }
        }
    }
}
