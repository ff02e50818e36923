package io.ringmain.perf.kit;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Describes the machine at the head of a measurement, and tells at its foot how much of the machine others used meanwhile: a
 * figure from a shared machine is not worth keeping.
 */
public final class Machine {

    /** Others may use this share of the machine before a measurement calls itself disturbed. */
    private static final double OTHERS_MAX = 0.05;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long[] ticks = ticks();
    private final long cpuNs = SYSTEM.getProcessCpuTime();
    private final long sinceNs = System.nanoTime();

    private Machine() {}

    /** Starts to watch the machine, and describes it under the {@code question} that is measured. */
    public static Machine describe(String question, String command) {
        return describe(question, "perf/target/ringmain-perf.jar", command);
    }

    /** The same for a measurement that stands in another {@code jar}. */
    public static Machine describe(String question, String jar, String command) {
        System.out.println(question);
        System.out.printf(
                Locale.ROOT,
                "machine: %d cores, %s %s, %s %s, load average %.2f%n",
                Runtime.getRuntime().availableProcessors(),
                SYSTEM.getName(),
                SYSTEM.getArch(),
                System.getProperty("java.vm.name"),
                Runtime.version(),
                SYSTEM.getSystemLoadAverage());
        System.out.println("command: java -jar " + jar + ' ' + command);
        return new Machine();
    }

    /** Starts to watch the machine without a word. */
    public static Machine watch() {
        return new Machine();
    }

    /** The CPU time that this process has used, in nanoseconds. */
    public static long processCpuNs() {
        return SYSTEM.getProcessCpuTime();
    }

    /** One line: what others used since the watch began, with a warning if that was much. */
    public String verdict() {
        return verdict(0);
    }

    /** As {@link #verdict()}, where processes that belong to the measurement took {@code childrenNs} of CPU time. */
    public String verdict(double childrenNs) {
        double others = others(childrenNs);
        if (Double.isNaN(others)) {
            return String.format(Locale.ROOT, "load average at the end: %.2f", SYSTEM.getSystemLoadAverage());
        }
        String share = String.format(Locale.ROOT, "others used %.0f %% of the machine meanwhile", 100 * others);
        return others > OTHERS_MAX ? "DISTURBED, measure again: " + share : "quiet: " + share;
    }

    private double others(double childrenNs) {
        long[] now = ticks();
        if (ticks.length == 0 || now.length == 0) {
            return Double.NaN;
        }
        double all = now[0] - ticks[0];
        double busy = (now[1] - ticks[1]) / Math.max(1, all);
        double wallNs = System.nanoTime() - (double) sinceNs;
        double own = (SYSTEM.getProcessCpuTime() - cpuNs + childrenNs)
                / (wallNs * Runtime.getRuntime().availableProcessors());
        return Math.max(0, busy - own);
    }

    /** All and busy ticks of all cores so far; empty where the system does not tell. Time stolen by a hypervisor is busy. */
    private static long[] ticks() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/stat"));
            String[] fields = lines.get(0).trim().split(" +", -1);
            long all = 0;
            long idle = 0;
            // cpu user nice system idle iowait irq softirq steal; guest times are in user already.
            for (int i = 1; i <= 8; i++) {
                all += Long.parseLong(fields[i]);
                idle += i == 4 || i == 5 ? Long.parseLong(fields[i]) : 0;
            }
            return new long[] {all, all - idle};
        } catch (IOException | RuntimeException e) {
            return new long[0];
        }
    }
}
