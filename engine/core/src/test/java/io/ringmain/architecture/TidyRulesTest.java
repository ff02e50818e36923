package io.ringmain.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plants one violation of each rule and looks for exactly that finding. */
class TidyRulesTest {

    private static final String CORE = "engine/core/src/main/java/io/ringmain/internal/stage/X.java";
    private static final String RUN = "engine/core/src/main/java/io/ringmain/internal/run/X.java";
    private static final String EXPORTED = "engine/core/src/main/java/io/ringmain/spi/X.java";
    private static final String TEST = "engine/core/src/test/java/io/ringmain/XTest.java";
    private static final String TOOL = "tools/cli/src/main/java/io/ringmain/cli/X.java";
    private static final String PERF = "perf/src/main/java/io/ringmain/perf/X.java";

    static Stream<Arguments> planted() {
        return Stream.of(
                planted(CORE, "class X { long t = System.nanoTime(); }", "System.nanoTime"),
                planted(CORE, "class X { java.util.function.LongSupplier t = System::nanoTime; }", "System.nanoTime"),
                planted(CORE, "import static java.lang.System.nanoTime; class X {}", "System.nanoTime"),
                planted(TOOL, "class X { long t = System.currentTimeMillis(); }", "System.currentTimeMillis"),
                planted(TEST, "class X { Object t = java.time.Instant.now(); }", "Instant.now"),
                planted(CORE, "class X { Object t = new Date(); }", "new Date"),
                planted(CORE, "class X { void f() throws Exception { Thread.sleep(1); } }", "Thread.sleep"),
                planted(TEST, "class X { void f() throws Exception { Thread.sleep(1); } }", "Thread.sleep"),
                planted(TEST, "class X { void f() throws Exception { TimeUnit.SECONDS.sleep(1); } }", "TimeUnit.sleep"),
                planted(CORE, "class X { void f() { System.out.println(); } }", "System.out"),
                planted(TEST, "class X { void f() { System.err.println(); } }", "System.err"),
                planted(TEST, "class X { @Disabled void f() {} }", "@Disabled"),
                planted(TEST, "class X { @org.junit.Ignore void f() {} }", "@Ignore"),
                planted(TEST, "import org.mockito.Mockito; class X {}", "org.mockito.Mockito"),
                planted(TOOL, "import io.ringmain.internal.ring.Ring; class X {}", "io.ringmain.internal.ring.Ring"),
                planted(CORE, "class X { void f() {" + "\n".repeat(60) + "} }", "f of 61 lines"),
                planted(CORE, "class X {}" + "\n".repeat(500) + "// end", "a file of 501 lines"),
                planted(CORE, "class X { void f(int a, int b, int c, int d, int e, int f) {} }", "f with 6 parameters"),
                planted(CORE, "class XManager {}", "XManager"),
                planted(CORE, "class X { static class StringUtils {} }", "StringUtils"),
                planted(CORE, "class X { long drainTimeout; }", "drainTimeout"),
                planted(CORE, "class X { static final long DRAIN_DEADLINE = 1; }", "DRAIN_DEADLINE"),
                planted(CORE, "record X(int delay) {}", "delay"),
                planted(CORE, "class X { void f(double latency) {} }", "latency"),
                planted(EXPORTED, "public class X {}", "public type X without Javadoc"),
                planted(EXPORTED, "/** X. */ public class X { public void f() {} }", "public method f without Javadoc"),
                planted(EXPORTED, "/** X. */ public interface X { void f(); }", "public method f without Javadoc"),
                planted(EXPORTED, "/** X. */ public interface X { enum Y {} }", "public type Y without Javadoc"),
                planted(EXPORTED, "/** X. */ public class X { /** N. */ public int getN() { return 1; } }", "getN"),
                planted(CORE, "/** @aut" + "hor somebody */ class X {}", "@aut" + "hor"),
                planted(CORE, "/* TO" + "DO later */ class X {}", "TO" + "DO"),
                planted("engine/README.md", "FIX" + "ME", "FIX" + "ME"),
                planted("tools/bin/ringmain", "cd /ho" + "me/somebody", "/ho" + "me/"),
                planted("tools/bin/ringmain", "ls ../sha" + "red/data", "../sha" + "red"));
    }

    private static Arguments planted(String path, String text, String banned) {
        return Arguments.of(path, text, banned);
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aPlantedViolationIsFound(String path, String text, String banned) {
        assertThat(findings(path, text)).extracting(Finding::banned).containsExactly(banned);
    }

    static Stream<Arguments> allowed() {
        return Stream.of(
                Arguments.of(RUN, "class X { void f() throws Exception { Thread.sleep(System.nanoTime()); } }"),
                Arguments.of(PERF, "class X { void f() { System.out.println(System.nanoTime()); } }"),
                Arguments.of(TEST, "class X { long t = System.nanoTime(); }"),
                Arguments.of(PERF, "import io.ringmain.internal.ring.Ring; class X {}"),
                Arguments.of(CORE, "// System.out\nclass X { String s = \"Thread.sleep(1)\"; }"),
                Arguments.of(CORE, "class X { void f() {" + "\n".repeat(59) + "} }"),
                Arguments.of(CORE, "record X(int a, int b, int c, int d, int e, int f) {}"),
                Arguments.of(CORE, "class X { @Override public void f(int a, int b, int c, int d, int e, int f) {} }"),
                Arguments.of(CORE, "class X { long timeoutNs; Duration timeout; boolean hasDeadline; }"),
                Arguments.of(CORE, "public class X { public int getN() { return 1; } }"),
                Arguments.of(EXPORTED, "class X { public void f() {} }"),
                Arguments.of(EXPORTED, "/** X. */ public class X { public X() {} @Override public void f() {} }"),
                Arguments.of(EXPORTED, "/** X. */ public record X(int n) { public X { n++; } }"),
                Arguments.of(TOOL, "class X {\n// tidy: shown to people only\nlong t = System.currentTimeMillis(); }"),
                Arguments.of(".ci/run", "data=../sha" + "red/data"));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void whatIsAllowedIsNotFound(String path, String text) {
        assertThat(findings(path, text)).isEmpty();
    }

    @Test
    void aFindingNamesPlaceAndCure() {
        assertThat(findings(CORE, "class X {\n\n  long t = System.nanoTime();\n}"))
                .singleElement()
                .hasToString(CORE + ":3: System.nanoTime is banned, use the nowNs that work() is given");
    }

    @Test
    void aPackageWithoutPackageInfoIsFound() {
        assertThat(Tidy.check(Map.of(CORE, "class X {}")))
                .extracting(Finding::banned)
                .containsExactly("a package without package-info");
    }

    @Test
    void aPackageInfoOfTheEngineHasFourLinesAndIsNullMarked() {
        String path = "engine/core/src/main/java/io/ringmain/spi/package-info.java";

        assertThat(Tidy.check(Map.of(path, "/** What.\n * <li><b>In</b>: a\n */\npackage io.ringmain.spi;")))
                .extracting(Finding::banned)
                .containsExactly(
                        "package-info without @NullMarked",
                        "package-info without the line Out",
                        "package-info without the line Thread",
                        "package-info without the line May import");
    }

    @Test
    void aNewEntryAtTheTopIsFound() {
        assertThat(ProjectTree.checkTop(List.of(".ci", "LICENSE", "engine", "docs")))
                .extracting(Finding::path)
                .containsExactly("docs");
    }

    /** Without the package rules, which would complain about every planted file. */
    private static List<Finding> findings(String path, String text) {
        return Tidy.check(Map.of(path, text)).stream()
                .filter(finding -> !finding.banned().equals("a package without package-info"))
                .toList();
    }
}
