package io.ringmain.journal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the arrows between the packages, and what the class path has not. */
class ModuleTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("io.ringmain.journal");

    @Test
    void onlyTheQueueKnowsChronicle() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ringmain.journal.internal.queue..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.openhft..")
                .check(ALL);
    }

    @Test
    void nothingReachesIntoTheRoomsOfCore() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.ringmain.internal..")
                .check(ALL);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.ringmain.(**)").should().beFreeOfCycles().check(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net.openhft.chronicle.analytics.Analytics",
                "net.openhft.compiler.CompilerUtils",
                "com.sun.jna.Native",
                "jnr.ffi.Platform"
            })
    void whatIsNotUsedIsNotThere(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
}
