package io.ringmain.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules over all texts. */
final class Tidy {

    private Tidy() {}

    static List<Finding> check(Map<String, String> textByPath) {
        List<Finding> findings = new ArrayList<>();
        textByPath.forEach((path, text) -> findings.addAll(TextRules.check(path, text)));
        Map<String, String> javaByPath = textByPath.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".java"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<JavaFile> files = JavaFile.parse(javaByPath);
        for (JavaFile file : files) {
            Stream.of(CallRules.check(file), ShapeRules.check(file), ExportRules.check(file))
                    .flatMap(List::stream)
                    .filter(finding -> !file.waives(finding))
                    .forEach(findings::add);
        }
        findings.addAll(PackageRules.check(files));
        return findings;
    }
}
