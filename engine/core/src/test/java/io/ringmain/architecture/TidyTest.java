package io.ringmain.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The house rules that a program can check, over the whole project. */
class TidyTest {

    @Test
    void theProjectIsTidy() {
        Path root = ProjectTree.root();

        List<Finding> findings = new ArrayList<>(ProjectTree.checkTop(ProjectTree.top(root)));
        findings.addAll(Tidy.check(ProjectTree.texts(root)));

        String list = findings.stream().map(Finding::toString).sorted().collect(Collectors.joining("\n"));
        assertThat(findings)
                .withFailMessage(() -> findings.size() + " house rules broken:\n" + list)
                .isEmpty();
    }
}
