package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Durability;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.spi.MemoryDeadLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where dead letters are kept. */
public sealed interface LetterSettings {

    /** As many as {@link MemoryDeadLetters} keeps if nobody says. */
    LetterSettings DEFAULT = new InMemory(MemoryDeadLetters.CAPACITY_DEFAULT, MemoryDeadLetters.BYTES_MAX_DEFAULT);

    /** What the one does that finds no room. */
    WhenLettersFull whenFull();

    /**
     * In memory, until the process ends; the letter that finds no room stops the pipeline.
     *
     * @param countMax how many, at least 1
     * @param bytesMax how many bytes they hold in all, at least 1, about
     */
    record InMemory(int countMax, long bytesMax) implements LetterSettings {

        /** Checks the numbers. */
        public InMemory {
            if (countMax < 1) {
                throw new IllegalArgumentException("dead_letters.capacity: " + countMax + " (expected: >= 1)");
            }
            if (bytesMax < 1) {
                throw new IllegalArgumentException("dead_letters.bytes: " + bytesMax + " (expected: >= 1)");
            }
        }

        @Override
        public WhenLettersFull whenFull() {
            return WhenLettersFull.STOP;
        }
    }

    /**
     * On disk, where they outlive the process.
     *
     * @param path the directory; made if it is not there
     * @param durability what a letter survives once its event is acknowledged
     * @param bytesMax how many bytes of disk they take, about
     * @param ageMax how long they are kept; empty for ever, as it has to be unless {@code dropsOldest}
     * @param whenFull what happens when there is no room; letters are given up only if {@code dropsOldest}
     * @param dropsOldest whether the oldest make room for the new ones
     */
    record OnDisk(
            Path path,
            Durability durability,
            long bytesMax,
            Optional<Duration> ageMax,
            WhenLettersFull whenFull,
            boolean dropsOldest)
            implements LetterSettings {

        /** Checks that nothing is missing, and that only who drops the oldest asks for an age. */
        public OnDisk {
            requireNonNull(path, "path");
            requireNonNull(durability, "durability");
            requireNonNull(ageMax, "ageMax");
            requireNonNull(whenFull, "whenFull");
            if (ageMax.isPresent() && !dropsOldest) {
                throw new IllegalArgumentException("dead_letters.age: " + ageMax.get()
                        + " (expected: none where the oldest are not dropped); choose dropsOldest, or leave it out");
            }
        }
    }
}
