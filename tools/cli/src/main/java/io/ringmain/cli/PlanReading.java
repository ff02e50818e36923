package io.ringmain.cli;

import io.ringmain.logs.plan.Diagnostic;
import io.ringmain.logs.plan.Diagnostics;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.PlanFile;
import io.ringmain.logs.plan.Reading;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads plans for commands, and shows what is wrong with them. */
final class PlanReading {

    private PlanReading() {}

    /** Returns the plan; empty if it is wrong, which has been said then. */
    static Optional<Plan> read(Screen screen, Path file, Map<String, String> overrides) {
        Reading reading = PlanFile.read(file, overrides);
        show(screen, file.toString(), reading.problems());
        return reading.plan();
    }

    /** Shows {@code problems}, and how many there are, on standard error. */
    static void show(Screen screen, String file, List<Diagnostic> problems) {
        if (problems.isEmpty()) {
            return;
        }
        PrintStream err = screen.err();
        err.println(Diagnostics.render(problems, screen.columns()));
        err.println(file + ": " + Numbers.counted(problems.size(), "problem"));
        err.flush();
    }
}
