package io.ringmain.perf.throughput;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.throughput.Processes.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command and mawk, as whole processes, one after the other in turn. */
final class Versus {

    /** The longest that the command may take, in times of mawk. */
    static final double BAR = 0.7;

    private static final Pattern COUNT = Pattern.compile("(?m)^\\S+ (\\d+)$");

    private final String command;
    private final String mawk;
    private final Figures ours;
    private final Figures theirs;
    private final Figures bare;
    private final Figures ratios;
    private final Figures oursCpu;
    private final Figures theirsCpu;
    private final int pairs;
    private double cpuSeconds;

    Versus(Path file, String command, int pairs) {
        this.command = command;
        this.pairs = pairs;
        mawk = "mawk '{c[$9]++} END{for(k in c)print k,c[k]}' " + Processes.quoted(file.toString());
        ours = new Figures(pairs);
        theirs = new Figures(pairs);
        bare = new Figures(pairs);
        ratios = new Figures(pairs);
        oursCpu = new Figures(pairs);
        theirsCpu = new Figures(pairs);
    }

    /** Measures and prints; {@code warmSeconds} is what the whole pipeline took in this JVM. Returns an exit code. */
    int run(double warmSeconds) throws IOException {
        System.out.println();
        System.out.println("ours:   " + command);
        System.out.println("theirs: " + mawk);
        Ended us;
        Ended them;
        try (Processes processes = new Processes()) {
            us = processes.run(command);
            if (!Processes.isFound("mawk")) {
                System.out.println("mawk: not on the PATH (expected: installed)");
                return Bar.report(false);
            }
            them = processes.run(mawk);
            for (int i = 0; i < pairs; i++) {
                // Who goes first changes, in case the first of a pair is at an advantage.
                if (i % 2 == 0) {
                    us = processes.run(command);
                    them = processes.run(mawk);
                } else {
                    them = processes.run(mawk);
                    us = processes.run(command);
                }
                add(us, them, processes.run(bareJvm()));
            }
        }
        print(warmSeconds, us, them);
        return Bar.report(ratios.median() <= BAR);
    }

    private static String bareJvm() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Processes.quoted(java) + " -cp " + Processes.quoted(System.getProperty("java.class.path")) + ' '
                + Nothing.class.getName();
    }

    private void add(Ended us, Ended them, Ended nothing) {
        ours.add(us.seconds());
        theirs.add(them.seconds());
        bare.add(nothing.seconds());
        ratios.add(us.seconds() / them.seconds());
        oursCpu.add(us.cpuSeconds());
        theirsCpu.add(them.cpuSeconds());
        cpuSeconds += us.cpuSeconds() + them.cpuSeconds() + nothing.cpuSeconds();
    }

    /** The CPU time of all processes that were measured. */
    double cpuNs() {
        return cpuSeconds * 1e9;
    }

    private void print(double warmSeconds, Ended us, Ended them) {
        System.out.printf(
                Locale.ROOT,
                "whole process, seconds: ours %.3f (%.3f, %.3f), CPU %.2f; mawk %.3f (%.3f, %.3f), CPU %.2f%n",
                ours.median(),
                ours.min(),
                ours.max(),
                oursCpu.median(),
                theirs.median(),
                theirs.min(),
                theirs.max(),
                theirsCpu.median());
        System.out.printf(
                Locale.ROOT,
                "ratio, median of %d pairs: %.2f (%.2f, %.2f); bar %.1f%n",
                pairs,
                ratios.median(),
                ratios.min(),
                ratios.max(),
                BAR);
        double rest = ours.median() - bare.median() - warmSeconds;
        System.out.printf(
                Locale.ROOT,
                "where ours goes: a JVM that does nothing %.3f, the whole pipeline when warm %.3f, the rest %.3f"
                        + " (classes, plan, code not yet compiled, report)%n",
                bare.median(),
                warmSeconds,
                rest);
        System.out.println(
                hasCounts(us.output(), them.output())
                        ? "counts: all that mawk prints are in our output"
                        : "counts: NOT all that mawk prints are in our output; mawk splits malformed requests wrongly");
    }

    private static boolean hasCounts(String ours, String theirs) {
        String digits = ours.replaceAll("(?<=\\d)[,_](?=\\d)", "");
        Matcher counts = COUNT.matcher(theirs);
        boolean all = true;
        while (counts.find()) {
            all &= Pattern.compile("(?<!\\d)" + counts.group(1) + "(?!\\d)")
                    .matcher(digits)
                    .find();
        }
        return all;
    }
}
