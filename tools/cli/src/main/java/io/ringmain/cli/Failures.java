package io.ringmain.cli;

import io.ringmain.PipelineException;
import io.ringmain.logs.file.InputException;
import io.ringmain.logs.plan.Diagnostic;
import io.ringmain.logs.plan.PlanException;
import java.io.IOException;
import java.util.List;

/** Failures as sentences for people: what the exceptions say, without their names. */
final class Failures {

    private Failures() {}

    /** What kept a pipeline from being built or started, a sentence each. */
    static List<String> sentences(Exception failure) {
        if (failure instanceof PlanException plan) {
            return plan.problems().stream().map(Diagnostic::summary).toList();
        }
        if (failure.getCause() instanceof InputException input) {
            return input.problems();
        }
        if (failure.getCause() instanceof IOException io && io.getMessage() != null) {
            return List.of(io.getMessage());
        }
        return failure instanceof PipelineException pipeline
                ? pipeline.problems()
                : List.of(String.valueOf(failure.getMessage()));
    }

    /** What a failure said, without the names of classes and constants, which say nothing to people. */
    static String plain(String message) {
        String plain = message.replaceFirst("^[\\w.$]+(?:Exception|Error): ", "")
                .replace(
                        "take letters out, give a larger capacity, or choose WhenLettersFull.BLOCK",
                        "correct what fails, or give dead_letters a larger capacity or bytes");
        return plain.matches("[\\w.$]+(?:Exception|Error)") ? "failed without a reason" : plain;
    }
}
