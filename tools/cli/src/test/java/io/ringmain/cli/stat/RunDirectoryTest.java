package io.ringmain.cli.stat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    /** More than Linux ever gives. */
    private static final long NOBODY = 99_999_999;

    private final List<String> warnings = new ArrayList<>();
    private final long self = ProcessHandle.current().pid();

    @TempDir
    private Path parent;

    private RunDirectory runs;

    @BeforeEach
    void nameTheDirectory() {
        runs = new RunDirectory(parent.resolve("runs"), SystemEpochClock.INSTANCE);
    }

    @Test
    void theFirstRunMakesTheDirectoryForItsOwnerOnly() throws IOException {
        assertThat(runs.pids()).isEmpty();

        try (RunCounters counters = runs.open("shop", warnings::add)) {
            counters.update(Reports.of(8, 1));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runs.path())))
                    .isEqualTo("rwx------");
            assertThat(runs.pids()).containsExactly(self);
        }
        assertThat(runs.pids()).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void theNextRunRemovesWhatADeadOneLeftAndNothingElse() throws IOException {
        runs.open("shop", warnings::add).close();
        Path dead = leave(NOBODY, () -> 1);
        Path half = Files.createFile(runs.file(NOBODY + 1));
        Path living = leave(parentPid(), SystemEpochClock.INSTANCE);
        Path other = Files.createFile(runs.path().resolve("notes.cnc"));

        assertThat(runs.pids()).contains(NOBODY, NOBODY + 1, parentPid());
        runs.open("shop", warnings::add).close();

        assertThat(dead).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(living).exists();
        assertThat(other).exists();
        assertThat(runs.pids()).containsExactly(parentPid());
        assertThat(warnings).isEmpty();
    }

    @Test
    void aFileOfAnEarlierProcessWithOurNumberIsReplaced() throws IOException {
        runs.open("shop", warnings::add).close();
        Files.writeString(runs.file(self), "left by another");

        try (RunCounters counters = runs.open("shop", warnings::add)) {
            counters.update(Reports.of(8, 1));
            try (RunView view = RunView.open(runs.file(self))) {
                assertThat(view.look().counter("received")).isEqualTo(8);
            }
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void aSecondRunOfOneProcessGoesOnWithoutAFile() throws IOException {
        try (RunCounters first = runs.open("first", warnings::add);
                RunCounters second = runs.open("second", warnings::add)) {
            first.update(Reports.of(8, 1));
            second.update(Reports.of(9, 1));

            try (RunView view = RunView.open(runs.file(self))) {
                assertThat(view.look().pipeline()).isEqualTo("first");
                assertThat(view.look().counter("received")).isEqualTo(8);
            }
        }
        assertThat(warnings)
                .containsExactly("warning: 'ringmain stat' cannot see this run: " + runs.file(self)
                        + ": in use (expected: one run at a time in a process)");
    }

    @Test
    void aDirectoryThatOthersMayEnterIsNotUsed() throws IOException {
        Files.createDirectory(runs.path());
        Files.setPosixFilePermissions(runs.path(), PosixFilePermissions.fromString("rwxr-xr-x"));

        try (RunCounters counters = runs.open("shop", warnings::add)) {
            counters.update(Reports.of(8, 1));
        }

        assertThat(warnings).singleElement().asString().contains("rwxr-xr-x (expected: a directory, rwx------)");
        assertThat(runs.path()).isEmptyDirectory();
    }

    @Test
    void aLinkToADirectoryIsNotUsed() throws IOException {
        Path target = Files.createDirectory(
                parent.resolve("target"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(runs.path(), target);

        runs.open("shop", warnings::add).close();

        assertThat(warnings).singleElement().asString().contains("not a directory");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void aProcessIsNotAliveIfItStartedAfterTheHeartbeat() {
        long nowMs = SystemEpochClock.INSTANCE.time();

        assertThat(RunDirectory.isAlive(self, nowMs)).isTrue();
        assertThat(RunDirectory.isAlive(self, 0)).isFalse();
        assertThat(RunDirectory.isAlive(NOBODY, nowMs)).isFalse();
    }

    private static long parentPid() {
        return ProcessHandle.current().parent().orElseThrow().pid();
    }

    /** As a run that dies leaves it. */
    private Path leave(long pid, EpochClock clock) throws IOException {
        Path aside = parent.resolve("aside");
        try (CountersFile file = CountersFile.create(aside, pid, "left", clock)) {
            file.update(Reports.of(8, 1));
            return Files.copy(aside, runs.file(pid));
        }
    }
}
