package io.ringmain.perf.chaos;

import io.ringmain.perf.chaos.Experiment.Result;
import io.ringmain.perf.chaos.Experiment.Setup;
import io.ringmain.perf.chaos.Oracle.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One fault on its way: what is done to the child, and whether it ended as it must. Thread: one. */
final class Trial {

    /** What is done on a small disk. */
    @FunctionalInterface
    interface DiskBody {
        /** Does it. */
        void run(SmallDisk disk) throws IOException;
    }

    private static final String PARSED = "parsed.log";
    private static final long STOP_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(400);

    private final Setup setup;
    private final Path folder;
    private final Experiment experiment;
    private int lives;
    private String problem = "";
    private Findings findings = Findings.NONE;
    private boolean judged;

    Trial(Setup setup, Path folder) {
        this.setup = setup;
        this.folder = folder;
        experiment = new Experiment(setup, folder);
    }

    void prepare() throws IOException {
        experiment.prepare();
    }

    void finish(Life.Birth birth) throws IOException {
        lives++;
        try (Life life = Life.begin(birth)) {
            life.says(Subject.ENDED);
            mustBeWell(life);
        }
    }

    private void mustBeWell(Life life) throws IOException {
        if (life.exit() != 0 || life.hasHung()) {
            problem = (life.hasHung() ? "hung; " : "") + "ended with " + life.exit() + ": " + life.last();
        }
    }

    void mustFail(Life.Birth birth, String reason) throws IOException {
        lives++;
        try (Life life = Life.begin(birth)) {
            boolean ended = life.says(Subject.ENDED) || life.last().startsWith(Subject.REFUSED);
            if (!ended || life.exit() == 0 || !life.last().contains(reason)) {
                problem = "ended with " + life.exit() + ": " + life.last() + " (expected: " + reason + ')';
            }
        }
    }

    void mustBeSeen(Fault fault) throws IOException {
        finish(Life.Birth.of(folder).with(fault));
        Findings seen = experiment.oracle().compare(folder);
        judged = true;
        if ((fault == Fault.LIES ? seen.lost() : seen.doubled()) == 0) {
            problem = "the oracle has not seen it";
        }
    }

    void mustStandAStop(Life.Birth birth) throws IOException {
        lives++;
        try (Life life = Life.begin(birth)) {
            life.says(Subject.STARTED);
            life.pause(SOON_NS);
            life.signal("STOP");
            life.pause(STOP_NS);
            life.signal("CONT");
            life.says(Subject.ENDED);
            mustBeWell(life);
        }
    }

    void mustHold(Life.Birth birth, SmallDisk disk) throws IOException {
        lives++;
        try (Life life = Life.begin(birth)) {
            if (stands(life, disk.seenFromOutside().resolve(PARSED))) {
                disk.remount("size=64m");
                life.says(Subject.ENDED);
            }
            mustBeWell(life);
        }
    }

    /** Nothing more comes out when letters find no room, and the child's log says why. */
    void mustHoldForLetters(Life.Birth birth, SmallDisk disk) throws IOException {
        lives++;
        try (Life life = Life.begin(birth)) {
            boolean stood = stands(life, folder.resolve(PARSED));
            disk.remount("size=64m");
            life.says(Subject.ENDED);
            mustBeWell(life);
            if (!stood || !Files.readString(Life.log(folder)).contains("There is no room for dead letters")) {
                problem = "did not stand still and say why; " + problem;
            }
        }
    }

    void dieHeld(Life.Birth birth, SmallDisk disk) throws IOException {
        lives++;
        try (Life life = Life.begin(birth)) {
            if (!stands(life, disk.seenFromOutside().resolve(PARSED)) || !life.kill()) {
                problem = "did not stand still: " + life.last();
            }
        }
    }

    /** Waits until nothing more is written to {@code output}; returns {@code false} if the run has ended before. */
    private static boolean stands(Life life, Path output) throws IOException {
        boolean stands = life.says(Subject.STARTED);
        long before = -1;
        while (stands && life.mayWait() && (before <= 0 || Files.size(output) > before)) {
            before = Files.size(output);
            life.pause(SOON_NS);
        }
        return stands && life.isAlive();
    }

    void mustCount(Life.Birth birth) throws IOException {
        lives++;
        try (Life life = Life.begin(birth)) {
            life.says(Subject.ENDED);
            Findings seen = experiment.oracle().compare(folder);
            judged = true;
            long dropped = life.number("dropped=");
            if (life.hasHung() || seen.lost() != dropped || seen.doubled() + seen.wrong() > 0) {
                problem = dropped + " counted, " + seen + ": " + life.last();
            }
        }
    }

    /** Mounts a small disk, moves {@code file} of the plan there, and does {@code body}. */
    void onSmallDisk(String size, String file, DiskBody body) throws IOException {
        Path place = folder.resolve("disk");
        Optional<SmallDisk> mounted = SmallDisk.mount(place, size);
        if (mounted.isEmpty()) {
            judged = true;
            System.out.println(setup.name() + ": NOT DONE: this system lets nobody mount a small disk");
            return;
        }
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(
                plan,
                Files.readString(plan)
                        .replace(
                                folder.resolve(file).toString(),
                                place.resolve(file).toString()));
        try (SmallDisk disk = mounted.get()) {
            body.run(disk);
            disk.copyTo(folder);
        }
    }

    Life.Birth on(SmallDisk disk, Life.Birth birth) {
        return birth.through(disk.wrapper());
    }

    Result result(double seconds) throws IOException {
        if (!judged) {
            findings = experiment.oracle().compare(folder);
        }
        return new Result(setup, 0, 0, lives, false, findings, problem, seconds);
    }
}
