package io.ringmain.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts of the project that a person wrote, found from the working directory upward. */
final class ProjectTree {

    private static final Set<String> TOP =
            Set.of("engine", "perf", "tools", "README.md", "pom.xml", "LICENSE", "target");
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea", ".vscode", ".settings");
    private static final Pattern TEXT = Pattern.compile("[^.]+|.*\\.(java|xml|md|sh|py|ya?ml|properties|toml|config)");

    private ProjectTree() {}

    static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path place = start; place != null; place = place.getParent()) {
            if (Files.isDirectory(place.resolve(".mvn")) && Files.isRegularFile(place.resolve("pom.xml"))) {
                return place;
            }
        }
        throw new IllegalStateException("root of the project: none above " + start + " (expected: .mvn and pom.xml)");
    }

    /** Texts by path relative to the root; test data and build results are left out. */
    static Map<String, String> texts(Path root) {
        Map<String, String> texts = new TreeMap<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skip = SKIPPED.contains(name(folder)) || folder.endsWith("src/test/resources");
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && TEXT.matcher(name(file)).matches()) {
                        String path = root.relativize(file).toString().replace('\\', '/');
                        texts.put(path, Files.readString(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return texts;
    }

    static List<String> top(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(ProjectTree::name).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Finding> checkTop(List<String> names) {
        return names.stream()
                .filter(name -> !name.startsWith(".") && !TOP.contains(name))
                .map(name -> new Finding(name, 1, "a new entry at the top", "engine, perf or tools"))
                .toList();
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
