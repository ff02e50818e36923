package io.ringmain.perf.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for one measurement, with the class path of this one. */
public final class Child {

    private Child() {}

    /**
     * Runs {@code io.ringmain.perf.Main} with {@code arguments} and passes its output on, line by line.
     *
     * @return its exit code
     */
    public static int run(List<String> flags, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.ringmain.perf.Main"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The child was not waited for.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Measures each row of {@code measurement}, from 1 to {@code last}, in a JVM of its own, so that no row suffers from what the JIT learned in
     * another.
     *
     * @return {@link Bar#KEPT} if all rows kept their bars, {@link Bar#MISSED} if not all did, or the exit code of the first that broke
     */
    public static int rows(String measurement, int last, List<String> options) throws IOException {
        int worst = Bar.KEPT;
        for (int row = 1; row <= last; row++) {
            List<String> arguments = new ArrayList<>(List.of(measurement, "--rows", Integer.toString(row)));
            arguments.addAll(options);
            int exit = run(List.of(), arguments);
            if (exit != Bar.KEPT && exit != Bar.MISSED) {
                return exit;
            }
            worst = Math.max(worst, exit);
        }
        return worst;
    }
}
