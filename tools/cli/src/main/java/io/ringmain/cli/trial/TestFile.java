package io.ringmain.cli.trial;

import io.ringmain.logs.plan.Diagnostic;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.PlanFile;
import io.ringmain.logs.plan.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of cases, {@code NAME.test.yaml}, beside its plan, {@code NAME.yaml}.
 *
 * <p>Thread: any; it does not change.
 */
public final class TestFile {

    private static final String MIDDLE = ".test";

    private final Path path;
    private final Optional<Plan> plan;
    private final List<Case> cases;
    private final List<Diagnostic> problems;

    private TestFile(Path path, Optional<Plan> plan, List<Case> cases, List<Diagnostic> problems) {
        this.path = path;
        this.plan = plan;
        this.cases = List.copyOf(cases);
        this.problems = List.copyOf(problems);
    }

    /** Reads the cases in {@code file}, or those beside it if it is a plan. What is wrong is among {@link #problems}. */
    public static TestFile read(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = Math.max(0, name.lastIndexOf('.'));
        String stem = name.substring(0, dot);
        boolean isCases = stem.endsWith(MIDDLE);
        String other = isCases
                ? stem.substring(0, stem.length() - MIDDLE.length()) + name.substring(dot)
                : stem + MIDDLE + name.substring(dot);
        Path planFile = isCases ? file.resolveSibling(other) : file;
        Path caseFile = isCases ? file : file.resolveSibling(other);
        Reading reading = PlanFile.read(planFile, Map.of());
        List<Diagnostic> problems = new ArrayList<>(reading.problems());
        List<Case> cases = new ArrayList<>();
        if (reading.plan().isPresent()) {
            Plan plan = reading.plan().get();
            text(caseFile, problems)
                    .flatMap(text -> TreeReader.read(caseFile.toString(), text, problems))
                    .ifPresent(tree -> cases.addAll(new CaseReader(plan, problems).read(tree)));
            if (cases.isEmpty() && problems.isEmpty()) {
                problems.add(new Diagnostic(
                        null,
                        caseFile.toString(),
                        "empty (expected: cases: and a list)",
                        "such as cases: [{name: …, input: …, expect: …}]"));
            }
        }
        return new TestFile(caseFile, reading.plan(), cases, problems);
    }

    private static Optional<String> text(Path file, List<Diagnostic> problems) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException missing) {
            problems.add(new Diagnostic(
                    null,
                    file.toString(),
                    "no such file (expected: the cases of the plan beside it)",
                    "write cases: in it"));
        } catch (IOException failure) {
            problems.add(new Diagnostic(null, file.toString(), "cannot be read: " + failure.getMessage(), ""));
        }
        return Optional.empty();
    }

    /** The file with the cases. */
    public Path path() {
        return path;
    }

    /** What is wrong with the plan or with the cases. */
    public List<Diagnostic> problems() {
        return problems;
    }

    /** How many cases there are. */
    public int count() {
        return cases.size();
    }

    /** Runs the case at {@code index}, from 0; none may be run if there are {@link #problems}. */
    public Verdict run(int index) {
        return new Trial(plan.orElseThrow(), cases.get(index)).run();
    }
}
