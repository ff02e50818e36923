package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {

    @TempDir
    Path directory;

    private Path write(String cases) throws IOException {
        Path plan = Files.writeString(directory.resolve("app.yaml"), """
                sources: {app: {type: file, path: gone.log}}
                steps:
                  - parse: level
                  - enrich: {ingest_time: true}
                  - filter: level >= INFO
                sinks:
                  out: {type: file, path: never.txt, where: level < ERROR}
                  errors: {type: console, where: level >= ERROR}
                when_failed: dead_letter
                """);
        Files.writeString(directory.resolve("app.test.yaml"), cases);
        return plan;
    }

    @Test
    void aCaseThatPassesTouchesNoFile() throws IOException {
        Path plan = write("""
                cases:
                  - name: all of it
                    input: |
                      INFO a
                      ERROR b
                      what
                    expect:
                      outputs: {out: [INFO a], errors: [{level: ERROR, message: b}]}
                      dead_letters: [{stage: parse, reason: unknown_level, line: what}]
                      accounts: {received: 3, delivered: 2, dead_lettered: 1, in_flight: 0}
                """);

        Outcome outcome = Outcome.of("test", plan.toString());

        assertThat(outcome.out()).contains("ok    all of it", "1 case, 0 failed");
        assertThat(outcome.code()).isZero();
        assertThat(Path.of("never.txt")).doesNotExist();
    }

    @Test
    void aFileWithoutCasesIsWrong() throws IOException {
        for (String nothing : new String[] {"", "# cases: none yet\n"}) {
            Outcome outcome = Outcome.of("test", write(nothing).toString());

            assertThat(outcome.code()).isEqualTo(78);
            assertThat(outcome.err()).contains("app.test.yaml: empty (expected: cases: and a list)");
            assertThat(outcome.out()).isEmpty();
        }
    }

    @Test
    void differencesAreShownWithTheirPlaces() throws IOException {
        Path plan = write("""
                cases:
                  - name: all wrong
                    input: [INFO a, ERROR b, WARN c]
                    expect:
                      outputs:
                        out: [INFO b]
                        errors: [{level: WARN, gone: 1}, {level: ERROR}]
                      dead_letters: [{reason: bad_json}]
                      accounts: {received: 4}
                """);

        Outcome outcome = Outcome.of("test", plan.toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out())
                .contains(
                        "FAILED  all wrong",
                        "outputs.out: 2, of which the first too many is WARN c (expected: 1)",
                        "outputs.out[0]: INFO a (expected: INFO b)",
                        "outputs.errors: 1, the next one is missing (expected: 2)",
                        "outputs.errors[0].level: ERROR (expected: WARN)",
                        "outputs.errors[0].gone: no such field (expected: 1)",
                        "dead_letters: 0, the next one is missing (expected: 1)",
                        "accounts.received: 3 (expected: 4)",
                        "app.test.yaml:9:28: accounts: {received: 4}",
                        "1 case, 1 failed");
    }

    @Test
    void theCaseMovesTheClock() throws IOException {
        Path plan = write("""
                cases:
                  - name: later
                    now: 2015-05-17T10:05:03Z
                    input:
                      - INFO a
                      - {at: 10s, line: INFO b}
                      - advance: 1h
                      - INFO c
                    expect:
                      outputs:
                        out:
                          - {message: a, ingest_time: '2015-05-17T10:05:03Z'}
                          - {message: b, ingest_time: '2015-05-17T10:05:13Z'}
                          - {message: c, ingest_time: '2015-05-17T11:05:13Z'}
                """);

        assertThat(Outcome.of("test", plan.toString()).out()).contains("ok    later");
    }

    @Test
    void wrongCasesAreAllShown() throws IOException {
        Path plan = write("""
                cases:
                  - name: typos
                    inputs: x
                    input: [{at: soon, line: INFO a}]
                    expect:
                      outputs: {ot: []}
                      acounts: {}
                      accounts: {filterd: 1, filtered: some}
                  - input: a
                """);

        Outcome outcome = Outcome.of("test", plan.toString());

        assertThat(outcome.code()).isEqualTo(78);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains(
                        "cases[0].inputs: unknown",
                        "did you mean input?",
                        "soon (expected: a duration",
                        "did you mean out?",
                        "did you mean accounts?",
                        "did you mean filtered?",
                        "filtered: some (expected: a whole number)",
                        "cases[1].name: missing",
                        "cases[1].expect: missing");
    }

    @Test
    void aPlanWithoutCasesOrAWrongOneIsWrong() throws IOException {
        Path plan = write("cases: [");
        Path alone = Files.copy(plan, directory.resolve("alone.yaml"));

        assertThat(Outcome.of("test", plan.toString()).err()).contains("not YAML");
        assertThat(Outcome.of("test", alone.toString()).err()).contains("alone.test.yaml: no such file");
        assertThat(Outcome.of("test", directory.resolve("none.yaml").toString()).code())
                .isEqualTo(78);
    }

    @Test
    void buildServersGetAnXmlFile() throws Exception {
        Path plan = write("""
                cases:
                  - {name: 'a < b & "c"', input: [INFO a], expect: {accounts: {received: 1}}}
                  - {name: fails, input: [INFO a], expect: {accounts: {received: 2}}}
                """);
        Path xml = directory.resolve("junit.xml");

        assertThat(Outcome.of("test", plan.toString(), "--junit", xml.toString())
                        .code())
                .isEqualTo(1);

        String text = Files.readString(xml);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(text)
                .contains(
                        "tests=\"2\" failures=\"1\"",
                        "a &lt; b &amp; &quot;c&quot;",
                        "accounts.received: 1 (expected: 2)");
    }
}
