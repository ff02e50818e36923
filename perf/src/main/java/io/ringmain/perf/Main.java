package io.ringmain.perf;

import io.ringmain.perf.allocation.Allocation;
import io.ringmain.perf.chaos.Chaos;
import io.ringmain.perf.compare.Compare;
import io.ringmain.perf.journal.Journalling;
import io.ringmain.perf.journal.LetterFiles;
import io.ringmain.perf.journal.Letters;
import io.ringmain.perf.journal.Replays;
import io.ringmain.perf.levels.Levels;
import io.ringmain.perf.nab.Nab;
import io.ringmain.perf.ratio.Ratios;
import io.ringmain.perf.rig.Epsilon;
import io.ringmain.perf.rig.Handoff;
import io.ringmain.perf.rig.Idle;
import io.ringmain.perf.throughput.Parsers;
import io.ringmain.perf.throughput.Throughput;
import io.ringmain.perf.topology.Topologies;
import io.ringmain.perf.windows.WindowCosts;
import java.io.IOException;
import java.util.Arrays;

/**
 * Question: which measurement shall run? Each is one command that prints what it asks, the machine, its table and whether its bar
 * was kept; the exit code is 0 if it was and 3 if not. Whether the figures depend on the machine is said by each.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar} for the list; arguments that name no measurement go to JMH.
 */
public final class Main {

    private static final String USAGE = """
            usage: java -jar perf/target/ringmain-perf.jar MEASUREMENT [OPTION VALUE]...

              ratios      time per event against a Disruptor wired by hand   [--pairs 7] [--events 20_000_000]
                                                                             [--rows all|bar|NUMBER]
              topologies  queues, executors, raw rings in several threads    [--rounds 7] [--events 4_000_000]
                                                                             [--rows all|bar|NUMBER]
              allocation  bytes allocated per event, on each path            [--events 100_000]
              throughput FILE   how fast a log file is read, parsed, counted [--runs 5] [--format auto|FORMAT]
                                                                             [--command "..."]
              parsers     how fast each parser takes lines in memory         [--runs 5] [--lines 200_000]
              levels      level lines against strings and queues             [--pairs 7] [--lines 3_000_000]
              epsilon     a long run under a collector that never collects   [--events 100_000_000]
              idle        CPU time of pipelines that cannot move             [--seconds 30]
              handoff     time from publisher to sleeping sink               [--rounds 7] [--events 1000]
              journal     a journal of log lines against a bare copy         [--pairs 7] [--lines 500_000]
              replay      whether a replay gives what the run gave           [--events 10_000_000] [--seconds 20]
              letters     dead letters a second, against a bare loop         [--pairs 7] [--letters 100_000]
                                                                             [--group 262_144]
              letter-files   counting many letters, and finding one          [--runs 7] [--letters 1_000_000]
                                                                             [--into DIRECTORY]
              chaos       kills a run at any moment, looks for what is lost  [--runs 60] [--seed 1]
                                                                             [--points all|none|NAME]
                                                                             [--faults all|none|NAME] [--json FILE]
              nab DIRECTORY   finds anomalies, scored by NAB's rules         [--seed 1] [--series yes|no]
              windows     what windows cost: keys, events, closing many      [--rounds 7] [--keys 1_000_000]
              compare NAME   what one would write without the engine:        [--json FILE], and
                lists        entries of several threads: ring, list, queues  [--rounds 7] [--entries N,N] [--threads N,N]
                batches      a slow sink with batches of 1 and 100           [--rounds 7] [--events 2000]
                pools        tasks on pools, executors, virtual threads      [--rounds 5] [--waiters 16] [--longest 100_000]
                counters     every strategy of counters, 1 to 16 threads     [--rounds 7] [--operations 1_000_000] [--seed 1]
                pack         chunks through workers, by ring and by mutex    [--rounds 5] [--chunks 200] [--chunk 1_048_576]
              jmh ...     JMH with its own arguments; -h lists them

            Anything else goes to JMH too. The benchmarks are:
            """;

    private Main() {}

    /** Runs the measurement that the arguments name and exits with its code: 2 for wrong arguments, 3 for a bar that was missed. */
    public static void main(String[] args) throws Exception {
        int exit;
        try {
            exit = run(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            exit = 2;
        }
        if (exit != 0) {
            System.exit(exit);
        }
    }

    /** Runs the measurement that the arguments name; returns its exit code. */
    static int run(String... args) throws IOException {
        if (args.length == 0) {
            System.out.print(USAGE);
            org.openjdk.jmh.Main.main(new String[] {"-l"});
            return 0;
        }
        return switch (args[0]) {
            case "ratios" -> Ratios.run(args);
            case "topologies" -> Topologies.run(args);
            case "allocation" -> Allocation.run(args);
            case "throughput" -> Throughput.run(args);
            case "parsers" -> Parsers.run(args);
            case "levels" -> Levels.run(args);
            case "epsilon" -> Epsilon.run(args);
            case "idle" -> Idle.run(args);
            case "handoff" -> Handoff.run(args);
            case "journal" -> Journalling.run(args);
            case "replay" -> Replays.run(args);
            case "letters" -> Letters.run(args);
            case "letter-files" -> LetterFiles.run(args);
            case "chaos" -> Chaos.run(args);
            case "nab" -> Nab.run(args);
            case "windows" -> WindowCosts.run(args);
            case "compare" -> Compare.run(args);
            case "jmh" -> jmh(Arrays.copyOfRange(args, 1, args.length));
            default -> jmh(args);
        };
    }

    private static int jmh(String[] args) throws IOException {
        org.openjdk.jmh.Main.main(args);
        return 0;
    }
}
