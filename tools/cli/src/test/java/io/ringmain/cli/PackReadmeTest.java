package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page shows of packing is what it does. */
class PackReadmeTest {

    @TempDir
    private Path directory;

    @Test
    void theCommandsOfThePageGoThrough() throws IOException {
        List<String> commands = Files.readAllLines(Examples.ROOT.resolve("tools/README.md")).stream()
                .filter(line -> line.matches("tools/bin/ringmain (un)?pack .*packed/.*"))
                .map(line -> line.replaceFirst(" +#.*", "").substring("tools/bin/ringmain ".length()))
                .toList();
        assertThat(commands).hasSize(4);

        // Its directories stand where the command runs; here they do not.
        Files.createDirectories(directory.resolve("packed"));
        for (String command : commands) {
            String[] args = command.split(" +", -1);
            for (int i = 0; i < args.length; i++) {
                args[i] = args[i].replaceFirst("^((un)?packed/)", directory + "/$1")
                        .replace("tools/examples/", Examples.ROOT.resolve("tools/examples") + "/");
            }
            Outcome outcome = Outcome.of(args);
            assertThat(outcome.code()).as(command + outcome.err()).isZero();
        }
        for (String name : List.of("access.log", "app.log")) {
            assertThat(directory.resolve("unpacked").resolve(name))
                    .hasSameBinaryContentAs(Examples.PLANS.resolve(name));
        }
        assertThat(directory.resolve("packed/report.json")).isNotEmptyFile();
    }
}
