package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.counters.CounterLimits;
import io.ringmain.counters.Counters;
import io.ringmain.counters.Strategy;
import io.ringmain.counters.http.CounterFiles;
import io.ringmain.counters.http.CounterServer;
import io.ringmain.counters.http.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CountersCommandTest {

    private static final Pattern CURL =
            Pattern.compile("(?m)^curl(?<post> -X POST)?(?: -d '(?<body>[^']*)')? localhost:8077(?<path>/\\S*)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void servesUntilASignalComes(Strategy strategy) {
        Outcome outcome =
                Outcome.signalled("SIGINT", "counters", "serve", "--port", "0", "--strategy", strategy.word());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).matches("serving http://127\\.0\\.0\\.1:\\d+, " + strategy.word() + ", in memory\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --durability os", " --durability fsync"})
    void keepsCountersInADirectory(String durability) {
        String directory = folder.resolve("kept").toString();

        Outcome outcome = Outcome.signalled(
                "SIGTERM", ("counters serve --port 0 --journal " + directory + durability).split(" ", -1));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).endsWith(", single-writer, kept in " + directory + "\n");
        assertThat(folder.resolve("kept/journal")).isNotEmptyDirectory();
    }

    @Test
    void saysWhereItServesForPrograms() {
        String directory = folder.resolve("kept").toString();
        String[] serve = {"counters", "serve", "--port", "0", "--format", "json"};
        String[] kept = {"counters", "serve", "--port", "0", "--format", "json", "--journal", directory};

        assertThat(Outcome.signalled("SIGINT", serve).out())
                .matches("\\{\"url\":\"http://127\\.0\\.0\\.1:\\d+\",\"strategy\":\"atomic\",\"journal\":null}\n");
        assertThat(Outcome.signalled("SIGINT", kept).out())
                .endsWith(",\"strategy\":\"single-writer\",\"journal\":\"" + directory + "\"}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port 70000             | 2 | counters serve: --port: 70000 (expected: from 0 to 65535)
            --port x                 | 2 | x (expected: a whole number)
            --strategy fast          | 2 | --strategy: fast (expected: locked, read-write, atomic, striped, single-writer)
            --strategy locked --journal DIR | 2 | --strategy: locked with --journal (expected: single-writer, or no --strategy)
            --durability disk --journal DIR | 2 | --durability: disk (expected: os or fsync)
            --durability fsync       | 2 | --durability: fsync without --journal (expected: --journal DIR, or no --durability)
            --format yaml            | 2 | yaml (expected: text or json)
            --bind 0.0.0.0           | 2 | --bind: 0.0.0.0 can be reached by others (expected: 127.0.0.1 or ::1, or a token); give --token-file
            --bind nowhere.invalid   | 2 | --bind: nowhere.invalid (expected: an address of this machine, such as 127.0.0.1)
            --bind 192.0.2.1 --token-file TOKEN --port 0 | 1 | bind: /192.0.2.1:0: Cannot assign requested address (expected: an address
            --token-file SHORT       | 2 | --token-file: 5 characters (expected: at least 16)
            --token-file NONE        | 2 | NONE: no such file or directory (expected: a file that has the token)
            --token-file LINES       | 2 | --token-file: has a space, a line end or a character beyond ASCII, which no request can send (expected: visible ASCII, in one line)
            --token-file .           | 2 | --token-file: .: Is a directory (expected: a file that has the token)
            --journal SHORT          | 78 | SHORT
            """)
    void whatIsWrongIsSaid(String arguments, int code, String message) throws IOException {
        Files.writeString(folder.resolve("SHORT"), "short\n");
        Files.writeString(folder.resolve("LINES"), "0123456789abcdef\r\n0123456789abcdef\n");
        Files.writeString(folder.resolve("TOKEN"), "0123456789abcdef\n");
        String placed = ("counters serve " + arguments).replaceAll("(DIR|SHORT|NONE|TOKEN|LINES)", folder + "/$1");

        Outcome outcome = Outcome.signalled("SIGINT", placed.split(" ", -1));

        assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void whatWasKeptAndIsDamagedIsSaid() throws IOException {
        try (Counters counters =
                Counters.singleWriter(CounterLimits.DEFAULT, CounterFiles.in(folder, Duration.ofDays(1)))) {
            counters.counter("a").increment();
        }
        Files.writeString(folder.resolve("checkpoint/checkpoint"), "no checkpoint");

        Outcome outcome =
                Outcome.signalled("SIGINT", "counters", "serve", "--port", "0", "--journal", folder.toString());

        assertThat(outcome.err())
                .contains("damaged: no checkpoint")
                .contains("restore it")
                .doesNotContain("\tat ");
        assertThat(outcome.code()).isEqualTo(78);
    }

    @Test
    void theHelpSuffices() {
        String help = Outcome.of("counters", "serve", "--help").out();

        assertThat(help)
                .contains("POST /counters/NAME/increment", "compare-and-set", "timeout_ms", "GET  /metrics")
                .contains("--port", "--bind", "--token-file", "--strategy", "--journal", "--durability", "--format")
                .contains("SIGINT", "Exit codes");
        assertThat(Outcome.of("counters").err()).contains("no verb (expected: serve)");
    }

    @Test
    void theCommandsOfTheToolsPageAnswerAsItShows() throws Exception {
        String page = Files.readString(Examples.ROOT.resolve("tools/README.md"));
        String commands = between(page, "```sh\ntools/bin/ringmain counters serve", "```");
        String shown = between(page.substring(page.indexOf(commands)), "```text\n", "```");
        var said = new StringBuilder();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Counters counters = Counters.atomic();
                CounterServer server = CounterServer.start(counters, ServerOptions.at(address, null))) {
            Matcher curl = CURL.matcher(commands);
            while (curl.find()) {
                String body = curl.group("body");
                HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.address().getPort() + curl.group("path")));
                if (body != null || curl.group("post") != null) {
                    request.POST(HttpRequest.BodyPublishers.ofString(body == null ? "" : body));
                }
                said.append(HttpClient.newHttpClient()
                        .send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .body());
            }
        }

        assertThat(said).hasToString(shown);
        assertThat(said.toString().lines()).hasSize(4);
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin);
        assertThat(from).as(begin).isNotNegative();
        return text.substring(from + begin.length(), text.indexOf(end, from + begin.length()));
    }
}
