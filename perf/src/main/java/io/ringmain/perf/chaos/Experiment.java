package io.ringmain.perf.chaos;

import io.ringmain.perf.chaos.Oracle.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One plan over one input, killed as often as is said, then left alone until it ends; then what it left is compared.
 *
 * <p>Thread: one, beside the one that writes the files that are followed.
 */
final class Experiment {

    private final Setup setup;
    private final Path folder;
    private final Input input;
    private final Oracle oracle;
    private @Nullable Thread feeder;
    private int reached;
    private int kills;
    private int lives;
    private boolean wentOn;
    private String problem = "";

    /**
     * What is done.
     *
     * @param name for tables
     * @param variant the plan
     * @param seed of the lines
     * @param point what is armed where a death is {@link Death.Kind#POINT}; null if nothing is
     * @param deaths how the lives end before the last one
     * @param command what repeats it
     */
    record Setup(
            String name,
            Variant variant,
            long seed,
            @Nullable CrashPoint point,
            List<Death> deaths,
            String command) {}

    /**
     * What came of it.
     *
     * @param reached how often a thread stood at the armed point
     * @param kills how often the process was killed
     * @param lives how often it was started
     * @param wentOn whether the last life went on at a checkpoint, and not at the beginning
     * @param findings what was lost, doubled or wrong
     * @param problem what else is wrong, such as a life that did not end well; empty if nothing is
     */
    record Result(
            Setup setup,
            int reached,
            int kills,
            int lives,
            boolean wentOn,
            Findings findings,
            String problem,
            double seconds) {

        boolean isWell() {
            return findings.isEmpty() && problem.isEmpty();
        }
    }

    Experiment(Setup setup, Path folder) {
        this.setup = setup;
        this.folder = folder;
        input = new Input(setup.variant, setup.seed);
        oracle = new Oracle(input);
    }

    Path folder() {
        return folder;
    }

    Oracle oracle() {
        return oracle;
    }

    /** Does it all. */
    Result run(Path agentJar) throws IOException {
        long beginNs = System.nanoTime();
        prepare();
        for (Death death : setup.deaths) {
            live(death, agentJar);
        }
        if (problem.isEmpty()) {
            finish();
        }
        settle();
        stopFeeding();
        return new Result(
                setup,
                reached,
                kills,
                lives,
                wentOn,
                oracle.compare(folder),
                problem,
                (System.nanoTime() - beginNs) / 1e9);
    }

    /** Writes plan and input. */
    void prepare() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("plan.yaml"), setup.variant.plan(folder), StandardCharsets.UTF_8);
        if (setup.variant.isFollowed()) {
            Thread feeding = new Thread(new Feeder(input, folder), "feeder");
            feeding.start();
            feeder = feeding;
        } else {
            input.write(folder);
        }
    }

    private void live(Death death, Path agentJar) throws IOException {
        Life.Birth birth = Life.Birth.of(folder);
        boolean atPoint = death.kind() == Death.Kind.POINT;
        if (atPoint && setup.point != null) {
            birth = birth.armed(agentJar, setup.point, death.times());
        }
        lives++;
        try (Life life = Life.begin(birth)) {
            boolean comes = death.comes(life, this);
            if (comes) {
                reached += atPoint ? 1 : 0;
                kills += life.kill() ? 1 : 0;
            } else {
                judge(life);
            }
        }
    }

    /** Lets the child run until it ends. */
    private void finish() throws IOException {
        lives++;
        try (Life life = Life.begin(Life.Birth.of(folder))) {
            endsInput(life);
            life.says(Subject.ENDED);
            judge(life);
            wentOn = life.number("received=") < setup.variant.lines();
        }
    }

    /** What failed last is tried again by a run that has nothing else to do; what fails twice, by one more. */
    private void settle() throws IOException {
        for (int more = 0; more < LetterPlan.FAILURES_MAX && setup.variant.triesAgain() && problem.isEmpty(); more++) {
            finish();
        }
    }

    private void judge(Life life) throws IOException {
        int exit = life.exit();
        if (life.hasHung()) {
            problem = "hung for " + Life.SECONDS_MAX + " s; last said: " + life.last();
        } else if (exit != 0) {
            problem = "ended with " + exit + ": " + life.last();
        } else if (life.last().startsWith(CrashAgent.UNPLACED)) {
            problem = "the point is nowhere in the engine's code";
        }
    }

    /** Of a source that follows its files: waits until all has come out, and tells the child to end. Others end by themselves. */
    boolean endsInput(Life life) throws IOException {
        if (!setup.variant.isFollowed()) {
            return true;
        }
        stopFeeding();
        if (!life.says(Subject.STARTED)) {
            return false;
        }
        long bytes = oracle.bytes();
        while (life.mayWait() && written() < bytes) {
            life.pause(TimeUnit.MILLISECONDS.toNanos(2));
        }
        life.drain();
        return true;
    }

    private long written() throws IOException {
        long bytes = 0;
        for (Variant.Output output : setup.variant.outputs()) {
            Path file = folder.resolve(output.file());
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        return bytes;
    }

    private void stopFeeding() throws IOException {
        Thread feeding = feeder;
        if (feeding != null) {
            try {
                feeding.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The files were not written.", e);
            }
        }
    }
}
