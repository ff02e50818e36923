package io.ringmain.cli;

import io.ringmain.cli.trial.JunitXml;
import io.ringmain.cli.trial.TestFile;
import io.ringmain.cli.trial.Verdict;
import io.ringmain.logs.plan.Mark;
import io.ringmain.spi.FailureKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the cases that are written beside plans. */
@Command(
        name = "test",
        description = {
            "Run the cases that stand beside plans, those of shop.yaml in shop.test.yaml.",
            "",
            "  cases:",
            "    - name: errors are counted",
            "      input: |",
            "        INFO started",
            "        ERROR failed",
            "      expect:",
            "        outputs: {table: [{level: ERROR, lines: 1}]}",
            "        accounts: {filtered: 1}",
            "",
            "The real pipeline runs; the sources give the input, and nothing is written.",
            "expect: may have outputs (by sink: lines, or fields to compare), result (by",
            "aggregate), dead_letters (stage, reason, line), accounts and failed.",
            "now: 2015-05-17T10:05:03Z sets the clock; {at: 10s, line: INFO x} and",
            "{advance: 5s} in a list of input move it.",
            ""
        },
        footer = {"", "Exit codes: 0 all passed, 1 a case failed, 2 wrong usage, 78 wrong files."})
final class TestCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Plans, or files of cases.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the verdicts in JUnit's XML too.")
    private @Nullable Path junit;

    TestCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        List<TestFile> read = files.stream().map(TestFile::read).toList();
        boolean sound = true;
        for (TestFile file : read) {
            PlanReading.show(screen, file.path().toString(), file.problems());
            sound &= file.problems().isEmpty();
        }
        if (!sound) {
            return ExitCodes.CONFIG;
        }
        Map<String, List<Verdict>> verdicts = new LinkedHashMap<>();
        int failed = 0;
        int count = 0;
        for (TestFile file : read) {
            List<Verdict> ofFile = new ArrayList<>();
            screen.out().println(screen.heading(file.path().toString()));
            for (int i = 0; i < file.count(); i++) {
                Verdict verdict = file.run(i);
                ofFile.add(verdict);
                print(verdict);
                failed += verdict.passed() ? 0 : 1;
                count++;
            }
            verdicts.put(file.path().toString(), ofFile);
        }
        screen.out().println(Numbers.counted(count, "case") + ", " + Numbers.count(failed) + " failed");
        boolean isWritten = junit == null || write(junit, JunitXml.of(verdicts));
        return failed == 0 && isWritten ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void print(Verdict verdict) {
        PrintStream out = screen.out();
        out.println("  " + (verdict.passed() ? "ok    " : "FAILED  ") + Screen.plain(verdict.name()));
        for (Verdict.Difference difference : verdict.differences()) {
            Mark mark = difference.mark();
            out.println("      " + Screen.plain(difference.text()));
            out.println("        at " + mark.place() + ": "
                    + Screen.plain(mark.text().strip()));
        }
    }

    private boolean write(Path to, String xml) {
        try {
            Files.write(to, xml.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException failure) {
            screen.err()
                    .println("ringmain test: --junit: " + to + ": cannot be written: " + FailureKind.words(failure));
            screen.err().flush();
            return false;
        }
    }
}
