package io.ringmain.logs.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The plans below {@code src/test/resources/plans}. */
final class PlanTexts {

    private PlanTexts() {}

    static List<Path> in(String folder) {
        try (Stream<Path> files = Files.list(
                Path.of(PlanTexts.class.getResource("/plans/" + folder).toURI()))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException | URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Reading read(String text) {
        return PlanFile.read(text, "shop.yaml", Map.of());
    }

    /** A plan of one source, these steps and one sink. */
    static String withSteps(String steps) {
        return """
                sources:
                  web: {type: file, path: access.log}
                steps:
                %s
                sinks:
                  out: {type: console}
                when_failed: skip
                """.formatted(steps.stripTrailing());
    }
}
