package io.ringmain.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The plans that the documentation shows, with their inputs. */
final class Examples {

    static final Path ROOT = root();
    static final Path PLANS = ROOT.resolve("tools/examples/src/main/plans");

    private Examples() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("LICENSE"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** All plans. */
    static List<Path> plans() throws IOException {
        try (Stream<Path> files = Files.list(PLANS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.toString().endsWith(".test.yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** The path of one of the files, as arguments have it. */
    static String file(String name) {
        return PLANS.resolve(name).toString();
    }

    /** Runs the plan {@code name} with the only source reading the example's own {@code input}. */
    static Outcome run(String name, String source, String input, String... more) {
        Stream<String> first =
                Stream.of("run", file(name + ".yaml"), "--set", "sources." + source + ".path=" + file(input));
        return Outcome.of(Stream.concat(first, Stream.of(more)).toArray(String[]::new));
    }
}
