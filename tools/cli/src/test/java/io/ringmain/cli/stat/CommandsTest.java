package io.ringmain.cli.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a run is done once, and answered. */
@Timeout(30)
class CommandsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path parent;

    private final long self = ProcessHandle.current().pid();
    private final List<String> commanded = new ArrayList<>();
    private RunDirectory runs;
    private RunCounters counters;

    @BeforeEach
    void open() {
        runs = new RunDirectory(parent.resolve("runs"), SystemEpochClock.INSTANCE);
        counters = runs.open("shop", warning -> {
            throw new AssertionError(warning);
        });
    }

    @AfterEach
    void close() {
        counters.close();
    }

    private String done(String command) {
        commanded.add(command);
        return "done: " + command;
    }

    private CompletableFuture<String> ask(String command) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new CommandSender(runs).ask(self, command, PATIENCE);
            } catch (IOException failure) {
                return failure.getMessage();
            }
        });
    }

    @Test
    void commandsAreDoneOnceAndAnswered() throws IOException {
        List<CompletableFuture<String>> answers =
                Stream.of("retry é 1", "purge 2", "retry 3").map(this::ask).toList();
        while (!answers.stream().allMatch(CompletableFuture::isDone)) {
            counters.obey(this::done);
            Thread.onSpinWait();
        }

        assertThat(answers)
                .extracting(CompletableFuture::join)
                .containsExactly("done: retry é 1", "done: purge 2", "done: retry 3");
        assertThat(commanded).hasSize(3);
        try (Stream<Path> files = Files.list(runs.path())) {
            assertThat(files).containsExactly(runs.file(self));
        }
    }

    @Test
    void aRunThatIsBusyIsWaitedForInVainSoLong() {
        assertThatThrownBy(() -> new CommandSender(runs).ask(self, "retry", Duration.ofMillis(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has not answered");
    }

    @Test
    void aCommandThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> new CommandSender(runs).ask(self, "x".repeat(10_000), PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a command of 10000 bytes (expected: <= ");
    }

    @Test
    void nobodyIsThereToBeAsked() {
        counters.close();

        assertThatThrownBy(() -> new CommandSender(runs).ask(self, "retry", PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no run with PID " + self);
    }

    @Test
    void nobodyObeysAfterTheEnd() {
        AtomicBoolean asked = new AtomicBoolean();
        counters.close();

        counters.obey(command -> {
            asked.set(true);
            return "";
        });

        assertThat(asked).isFalse();
    }
}
