package io.ringmain.perf.chaos;

import io.ringmain.perf.chaos.Experiment.Result;
import io.ringmain.perf.chaos.Experiment.Setup;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Question: is anything lost, or there twice, when the process is killed at any moment and started again? Bar: nothing is, and every named point was
 * reached.
 *
 * <p>Machine-independent but for the moments of random kills, which are drawn from a seed in milliseconds. See {@code engine/docs/crash-laboratory.md}.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar chaos [--runs 60] [--seed 1] [--points all|none|NAME] [--faults all|none|NAME] [--json FILE]}
 */
public final class Chaos {

    private static final int FAILED = 1;
    private static final int AT_ONCE = 2;
    private static final int KILLS_MAX = 3;
    private static final int STAND_MS = 250;

    private final Path folder;
    private final Path agentJar;
    private int made;

    private Chaos(Path folder) throws IOException {
        this.folder = folder;
        agentJar = CrashAgent.writeJar(folder);
    }

    /** Runs all experiments; returns 0 if all is well, else 1. */
    public static int run(String[] args) throws IOException {
        Options options =
                Options.parse(args, 1, "runs", "60", "seed", "1", "points", "all", "faults", "all", "json", "");
        Optional<Path> json = options.file("json");
        List<Setup> setups = setups(options);
        List<Faults> faults = Faults.named(options.text("faults"));
        Machine.describe("Is anything lost or doubled when the process is killed?", String.join(" ", args));
        Path folder = Files.createTempDirectory("ringmain-chaos");
        var chaos = new Chaos(folder);
        List<Result> results = chaos.all(setups, faults, options.number("seed", 0));
        var table = new ChaosTable(results);
        table.print();
        if (json.isPresent()) {
            Files.writeString(json.get(), table.json());
        }
        if (table.isWell()) {
            delete(folder);
            return 0;
        }
        System.out.println("What the failed runs left: " + folder);
        return FAILED;
    }

    private static List<Setup> setups(Options options) {
        long seed = options.number("seed", 0);
        List<Setup> setups = new ArrayList<>();
        for (CrashPoint point : points(options.text("points"))) {
            setups.add(atPoint(point, seed, false));
            setups.add(atPoint(point, seed, true));
        }
        for (int run = 0; run < options.number("runs", 0); run++) {
            setups.add(random(seed + run));
        }
        return setups;
    }

    private static List<CrashPoint> points(String asked) {
        return switch (asked) {
            case "all" -> CrashPoint.ALL;
            case "none" -> List.of();
            default -> List.of(CrashPoint.named(asked));
        };
    }

    /** Once from the first time on that the point is reached, in two lives; once in a life that goes on at a checkpoint. */
    private static Setup atPoint(CrashPoint point, long seed, boolean later) {
        var random = new SplittableRandom(seed + point.name().hashCode());
        // The others run on meanwhile, so that checkpoints come which should not.
        Death anyTime = new Death(Death.Kind.POINT, STAND_MS, 1 + random.nextInt(point.often()));
        List<Death> deaths = new ArrayList<>();
        if (later || point.atRestart()) {
            deaths.add(new Death(Death.Kind.CHECKPOINT, random.nextInt(300), 0));
        }
        if (!later) {
            deaths.add(Death.at(1));
        }
        deaths.add(anyTime);
        String command = "chaos --runs 0 --faults none --seed " + seed + " --points " + point.name();
        return new Setup(point.name(), point.variant(), seed, point, deaths, command);
    }

    private static Setup random(long seed) {
        var random = new SplittableRandom(seed);
        Variant[] variants = Variant.values();
        Variant variant = variants[(int) Math.floorMod(seed, (long) variants.length)];
        List<Death> deaths = Stream.generate(() -> Death.random(random))
                .limit(1 + random.nextInt(KILLS_MAX))
                .toList();
        String command = "chaos --points none --faults none --runs 1 --seed " + seed;
        return new Setup("random, " + variant.title(), variant, seed, null, deaths, command);
    }

    private List<Result> all(List<Setup> setups, List<Faults> faults, long seed) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Result>> running = new ArrayList<>();
            for (Setup setup : setups) {
                Path place = next();
                running.add(threads.submit(() -> new Experiment(setup, place).run(agentJar)));
            }
            for (Faults fault : faults) {
                Path place = next();
                running.add(threads.submit(() -> fault.run(place, seed)));
            }
            List<Result> results = new ArrayList<>();
            for (Future<Result> one : running) {
                results.add(one.get());
                note(results.get(results.size() - 1), results.size(), running.size());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The experiments were not waited for.", e);
        } catch (ExecutionException failed) {
            throw new IOException("An experiment could not be made: " + failed.getCause(), failed);
        } finally {
            threads.shutdownNow();
        }
    }

    private Path next() {
        made++;
        return folder.resolve(String.format(Locale.ROOT, "run-%04d", made));
    }

    private static void note(Result result, int done, int all) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%d of %d: %s: %s%n",
                done,
                all,
                result.setup().name(),
                result.isWell() ? "ok, " + result.kills() + " kills" : ChaosTable.problem(result));
        if (!result.isWell()) {
            System.out.println("  seed " + result.setup().seed() + "; again: java -jar perf/target/ringmain-perf.jar "
                    + result.setup().command());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(Chaos::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
