package io.ringmain.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the arrows between the rooms of core and the small door of what it exports. */
class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("io.ringmain");

    private static final String RUN = "io.ringmain.internal.run..";

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone");

    private static final Pattern WAITS = Pattern.compile("java\\.lang\\.Thread\\.(sleep|join|yield)"
            + "|java\\.util\\.concurrent\\.locks\\.LockSupport\\.park.*"
            + "|java\\.lang\\.Object\\.wait");

    private static final Pattern THREADS = Pattern.compile(
            "java\\.lang\\.Thread\\.(start|<init>)|java\\.util\\.concurrent\\.Executors\\..*"
                    + "|java\\.util\\.concurrent\\.ForkJoinPool\\..*|java\\.util\\.concurrent\\.CompletableFuture\\..*Async");

    /** Agrona's buffers and everything built on them need a flag of the JVM, which an embedder must not need. */
    private static final Pattern AGRONA_NEEDS_A_FLAG =
            Pattern.compile("org\\.agrona\\.concurrent\\.(status|ringbuffer|broadcast|errors)\\..*"
                    + "|org\\.agrona\\.(.*\\.)?\\w*(Buffer|Queue|UnsafeApi|UnsafeAccess)(\\$.*)?");

    @Test
    void onlyTheRingKnowsTheDisruptor() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.ringmain.internal.ring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.lmax.disruptor.."));
    }

    @ParameterizedTest
    @CsvSource({"intake,stage,delivery", "stage,intake,delivery", "delivery,intake,stage"})
    void theMiddleRoomsMeetOnlyInARing(String room, String other, String another) {
        check(noClasses()
                .that()
                .resideInAPackage("io.ringmain.internal." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.ringmain.internal." + other + "..", "io.ringmain.internal." + another + ".."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "spi"})
    void whatYouDecideAndWriteKnowsTheJdkOnly(String leaf) {
        check(classes()
                .that()
                .resideInAPackage("io.ringmain." + leaf + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.ringmain.config..", "io.ringmain.spi.."));
    }

    @Test
    void exportedSignaturesMentionExportedTypesOnly() {
        check(classes()
                .that()
                .resideInAnyPackage(ExportedSignatures.PACKAGES)
                .should(ExportedSignatures.mentionOnlyTheJdkAndExportedTypes()));
    }

    @Test
    void nothingDependsOnTheTestKit() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.ringmain.testing..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.ringmain.testing.."));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().assignedFrom(new PackagesAsSlices()).should().beFreeOfCycles());
    }

    @Test
    void onlyRunReadsClocks() {
        check(noClasses().that().resideOutsideOfPackage(RUN).should().accessTargetWhere(names(CLOCKS)));
    }

    @Test
    void onlyRunWaits() {
        check(noClasses().that().resideOutsideOfPackage(RUN).should().accessTargetWhere(matches("wait", WAITS)));
    }

    @Test
    void onlyRunOwnsThreads() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(RUN)
                .should()
                .accessTargetWhere(matches("start threads", THREADS))
                .orShould()
                .beAssignableTo(Thread.class));
    }

    @Test
    void onlyRunAndIntakeSpin() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(RUN, "io.ringmain.internal.intake..")
                .should()
                .callMethod(Thread.class, "onSpinWait"));
    }

    @Test
    void coreUsesNothingOfAgronaThatNeedsAFlag() {
        check(noClasses().should().dependOnClassesThat(describe("need --add-exports", type -> AGRONA_NEEDS_A_FLAG
                .matcher(type.getName())
                .matches())));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CORE);
    }

    private static DescribedPredicate<JavaAccess<?>> names(Set<String> targets) {
        return describe("read a clock", access -> targets.contains(target(access)));
    }

    private static DescribedPredicate<JavaAccess<?>> matches(String what, Pattern targets) {
        return describe(what, access -> targets.matcher(target(access)).matches());
    }

    private static String target(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }

    private static final class PackagesAsSlices implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith("io.ringmain")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
