package io.ringmain.cli;

import io.ringmain.logs.plan.FileNames;
import io.ringmain.logs.plan.Plan;
import io.ringmain.spi.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file of {@code --report}. */
final class ReportFile {

    private ReportFile() {}

    /** Says before the run why the report of {@code plan}, which is in {@code file}, cannot be written to {@code to}; empty if it can, or none is wanted. */
    static Optional<String> problem(@Nullable Path to, Path file, Plan plan) {
        return to == null ? Optional.empty() : inUse(to, file, plan).or(() -> write(to, ""));
    }

    /** The report would take the place of what the file has. */
    private static Optional<String> inUse(Path to, Path file, Plan plan) {
        Optional<String> use = FileNames.isSame(file, to) ? Optional.of("the plan itself") : FileNames.use(plan, to);
        return use.map(words -> inUse(to, words));
    }

    /** Says that {@code to} is something else already. */
    static String inUse(Path to, String words) {
        return "--report: " + to + ": is " + words + " (expected: a file of its own)";
    }

    /** Writes the report, or at first nothing: what cannot be written in the end should not run for an hour before. */
    static Optional<String> write(Path to, String text) {
        try {
            Files.write(to, text.getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of("--report: " + to + ": cannot be written: " + FailureKind.words(failure)
                    + " (expected: a file in a directory that is there, and room for it)");
        }
    }
}
