package io.ringmain.perf.chaos;

import io.ringmain.perf.chaos.Experiment.Result;
import io.ringmain.perf.chaos.Experiment.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What else goes wrong, each with the end that it must come to.
 *
 * @param title what it is called
 * @param variant in which plan
 * @param body what is done
 */
record Faults(String title, Variant variant, Body body) {

    /** In blocks of 512 bytes. */
    private static final List<String> FILE_SIZE_LIMIT = List.of("sh", "-c", "ulimit -f 1024; exec \"$@\"", "sh");

    /** All of them. */
    static final List<Faults> ALL = List.of(
            // A sink lies once: what it did not write must be missed. Tried is the laboratory itself.
            of("lying-sink", Variant.PLAIN, (trial, life) -> trial.mustBeSeen(Fault.LIES)),
            // A sink writes a batch twice: that must be seen.
            of("repeating-sink", Variant.PLAIN, (trial, life) -> trial.mustBeSeen(Fault.REPEATS)),
            // A sink throws an error: the pipeline ends as failed, and a later run goes on.
            of("sink-error", Variant.PLAIN, (trial, life) -> {
                trial.mustFail(life.with(Fault.ERROR), "the laboratory throws an error");
                trial.finish(life);
            }),
            // The clock jumps forward by hours: nothing comes of it.
            of("clock-jumps", Variant.KEYS, (trial, life) -> trial.finish(life.with(Fault.CLOCK))),
            // The process is stopped for two seconds, as by a debugger or a paused machine, and goes on.
            of("stopped-process", Variant.PLAIN, (trial, life) -> trial.mustStandAStop(life)),
            // A sink is slow all the time: it holds the others back.
            of("slow-sink", Variant.SLOW, (trial, life) -> trial.finish(life)),
            // No room for what a sink writes: the run stands still, whatever the policy, and goes on when there is.
            of(
                    "disk-full-output",
                    Variant.PLAIN,
                    (trial, life) -> trial.onSmallDisk("512k", "parsed.log", disk -> {
                        trial.mustHold(trial.on(disk, life), disk);
                    })),
            // The same, but it is killed while it stands: once there is room a later run goes on.
            of(
                    "disk-full-killed",
                    Variant.PLAIN,
                    (trial, life) -> trial.onSmallDisk("512k", "parsed.log", disk -> {
                        Life.Birth there = trial.on(disk, life);
                        trial.dieHeld(there, disk);
                        disk.remount("size=64m");
                        trial.finish(there);
                    })),
            // A file may not grow beyond a limit of the system: as a full disk, and where no small disk can be mounted
            // the only one.
            of("file-size-limit", Variant.PLAIN, (trial, life) -> {
                trial.mustFail(life.through(FILE_SIZE_LIMIT), "File too large");
                trial.finish(life);
            }),
            // No room for the checkpoint: the run goes on without, and ends as failed, for a later run would do its
            // work again.
            of(
                    "disk-full-checkpoint",
                    Variant.PLAIN,
                    (trial, life) -> trial.onSmallDisk("4k", "checkpoints", disk -> {
                        Life.Birth there = trial.on(disk, life);
                        trial.mustFail(there, "No space left");
                        disk.remount("size=64m");
                        trial.finish(there);
                    })),
            // No room for what is spilled: whatever finds none is counted, and nothing else is missing.
            of(
                    "disk-full-spill",
                    Variant.SPILL,
                    (trial, life) -> trial.onSmallDisk("64k", "slow.spill", disk -> {
                        trial.mustCount(trial.on(disk, life));
                    })),
            // No room for letters: the run stands still, whatever the policy of its steps, says so, and goes on when
            // there
            // is.
            of(
                    "disk-full-letters",
                    Variant.LETTERS,
                    (trial, life) -> trial.onSmallDisk("512k", "letters", disk -> {
                        trial.mustHoldForLetters(trial.on(disk, life), disk);
                    })),
            // A directory that cannot be written to: the pipeline does not start, and says why; a later run begins at
            // the beginning.
            of(
                    "read-only-output",
                    Variant.PLAIN,
                    (trial, life) -> trial.onSmallDisk("64m", "parsed.log", disk -> {
                        Life.Birth there = trial.on(disk, life);
                        disk.remount("ro");
                        trial.mustFail(there, "Read-only file system");
                        disk.remount("rw");
                        trial.finish(there);
                    })));

    /** What is done. */
    @FunctionalInterface
    interface Body {
        /** Does it. */
        void run(Trial trial, Life.Birth life) throws IOException;
    }

    private static Faults of(String title, Variant variant, Body body) {
        return new Faults(title, variant, body);
    }

    /** Those that an option names: all, none or one. */
    static List<Faults> named(String asked) {
        return switch (asked) {
            case "all" -> ALL;
            case "none" -> List.of();
            default ->
                List.of(ALL.stream()
                        .filter(fault -> fault.title.equals(asked))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("--faults: " + asked
                                + " (expected: all, none or one of "
                                + ALL.stream().map(Faults::title).toList() + ')')));
        };
    }

    /** Does it in {@code folder}. */
    Result run(Path folder, long seed) throws IOException {
        String command = "chaos --runs 0 --points none --seed " + seed + " --faults " + title;
        var trial = new Trial(new Setup(title, variant, seed, null, List.of(), command), folder);
        long beginNs = System.nanoTime();
        trial.prepare();
        body.run(trial, Life.Birth.of(folder));
        return trial.result((System.nanoTime() - beginNs) / 1e9);
    }
}
