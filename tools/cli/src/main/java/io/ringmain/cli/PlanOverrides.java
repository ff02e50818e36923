package io.ringmain.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option by which the verbs that read a plan change it. */
final class PlanOverrides {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "Set a value of the plan first, such as sources.web.path=access.log or steps.filter.condition=true.")
    private List<String> sets = new ArrayList<>();

    /** What was set, each split at its first equals sign; wrong usage if that cannot be. */
    Map<String, String> byPath() {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--set: " + set + " (expected: path=value, such as sources.web.path=access.log)");
            }
            if (overrides.putIfAbsent(set.substring(0, equals), set.substring(equals + 1)) != null) {
                throw new ParameterException(
                        spec.commandLine(), "--set: " + set.substring(0, equals) + " twice (expected: once)");
            }
        }
        return overrides;
    }
}
