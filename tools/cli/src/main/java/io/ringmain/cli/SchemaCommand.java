package io.ringmain.cli;

import io.ringmain.logs.plan.PlanSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints what editors need to help with plans. */
@Command(
        name = "schema",
        description = {
            "Print the JSON Schema of plans, for editors that complete and check YAML.",
            "",
            "  ringmain schema > ringmain.schema.json",
            "  # first line of a plan: # yaml-language-server: $schema=ringmain.schema.json",
            ""
        },
        footer = {"", "Exit codes: 0 done, 2 wrong usage."})
final class SchemaCommand implements Callable<Integer> {

    private final Screen screen;

    SchemaCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        screen.out().println(PlanSchema.json().strip());
        return ExitCodes.DONE;
    }
}
