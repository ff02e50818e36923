package io.ringmain.architecture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every package of main code has a {@code package-info}; those of the engine say what comes in and goes out. */
final class PackageRules {

    private static final List<String> LINES = List.of("In", "Out", "Thread", "May import");

    private PackageRules() {}

    /** Needs all files at once, because it looks for what is missing. */
    static List<Finding> check(Collection<JavaFile> files) {
        List<Finding> findings = new ArrayList<>();
        List<JavaFile> infos = files.stream()
                .filter(JavaFile::isMain)
                .filter(JavaFile::isPackageInfo)
                .toList();
        Set<String> described = infos.stream().map(file -> folder(file.path())).collect(Collectors.toSet());
        Set<String> needed = new TreeSet<>();
        files.stream().filter(JavaFile::isMain).forEach(file -> needed.add(folder(file.path())));
        needed.removeAll(described);
        for (String folder : needed) {
            findings.add(new Finding(
                    folder + "/package-info.java", 1, "a package without package-info", "one with @NullMarked"));
        }
        infos.forEach(info -> findings.addAll(check(info)));
        return findings;
    }

    private static List<Finding> check(JavaFile info) {
        List<Finding> findings = new ArrayList<>();
        boolean marked = info.unit().getPackageAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().endsWith("NullMarked"));
        if (!marked) {
            findings.add(new Finding(info.path(), 1, "package-info without @NullMarked", "@NullMarked"));
        }
        for (String name : LINES) {
            if (info.isEngineMain() && !hasLine(info, name)) {
                String line = "<li><b>" + name + "</b>: …";
                findings.add(new Finding(info.path(), 1, "package-info without the line " + name, line));
            }
        }
        return findings;
    }

    private static boolean hasLine(JavaFile info, String name) {
        Pattern line = Pattern.compile("\\s*\\*\\s*(<li>)?\\s*(<b>|<em>)?" + name + "(</b>|</em>)?:.*");
        return info.lines().stream().anyMatch(text -> line.matcher(text).matches());
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
