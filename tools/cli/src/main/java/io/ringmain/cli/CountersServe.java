package io.ringmain.cli;

import io.ringmain.config.Durability;
import io.ringmain.counters.CounterLimits;
import io.ringmain.counters.Counters;
import io.ringmain.counters.Strategy;
import io.ringmain.counters.http.CounterFiles;
import io.ringmain.counters.http.CounterServer;
import io.ringmain.counters.http.ServerOptions;
import io.ringmain.logs.JsonText;
import io.ringmain.spi.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves counters over HTTP until a signal comes. */
@Command(
        name = "serve",
        description = {
            "Serve named counters over HTTP, JSON in and out, until a signal comes.",
            "",
            "  GET  /counters                        the names",
            "  GET  /counters/NAME                   one value",
            "  POST /counters/NAME/increment         also decrement; made if it is not there",
            "  POST /counters/NAME/add               {\"amount\": 5}",
            "  POST /counters/NAME/set               {\"value\": 5}; also swap, max",
            "  POST /counters/NAME/compare-and-set   {\"expected\": 5, \"value\": 6}",
            "  POST /transfer                        {\"from\": \"a\", \"to\": \"b\", \"amount\": 5, \"timeout_ms\": 100}",
            "  GET  /snapshot[?names=a,b]            all values as of one moment, or some",
            "  GET  /metrics                         Prometheus text",
            "  GET  /health                          whether the counters answer",
            "",
            "Values are whole numbers of 64 bits that never wrap around. Errors are {\"error\": \"...\"} with a status of HTTP.",
            ""
        },
        footer = {
            "",
            "SIGINT or SIGTERM answers what has come and ends; a second one halts at once.",
            "Exit codes: 0 ended by a signal, 1 failed or a request left, 2 wrong usage,",
            "78 counters in the directory that cannot be read, 130 or 143 halted."
        })
final class CountersServe implements Callable<Integer> {

    private static final int PORT_MAX = 65_535;
    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final long LOOK_MS = 250;

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8077",
            description = "The port; 0 for one that is free, which is printed (default: ${DEFAULT-VALUE}).")
    private long port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "The address; any other than that of this machine alone needs --token-file (default: ${DEFAULT-VALUE}).")
    private String bind = "127.0.0.1";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Demand the token in this file, of at least 16 characters: Authorization: Bearer TOKEN.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description =
                    "How threads share the counters: locked, read-write, atomic, striped or single-writer (default: atomic; with --journal single-writer).")
    private @Nullable String strategyWord;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description =
                    "Keep the counters there: what was answered survives kill -9, and is there at the next start.")
    private @Nullable Path journal;

    @Option(
            names = "--durability",
            paramLabel = "WHAT",
            description =
                    "With --journal, what an answer survives: os, the death of the process; fsync, a power cut too, for a write to the disk each (default: os).")
    private @Nullable String durabilityWord;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "What it says when it serves, as text or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    CountersServe(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Strategy strategy = strategy();
        Durability durability = durability();
        ServerOptions options = options();
        var ended = new CountDownLatch(1);
        shell.signals().onFirst(name -> ended.countDown());
        QuietLoggers.tell(this::say);
        try {
            Counters counters = journal == null
                    ? strategy.counters(CounterLimits.DEFAULT)
                    : Counters.singleWriter(
                            CounterLimits.DEFAULT, CounterFiles.in(journal, durability, CHECKPOINT_EVERY));
            boolean isAnswered;
            try (counters) {
                isAnswered = serve(counters, options, ended);
            }
            Optional<String> failure = counters.failure();
            failure.ifPresent(why -> say("the counters have failed: " + why));
            return isAnswered && failure.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
        } finally {
            QuietLoggers.tell(null);
        }
    }

    /** Serves until the end, or until the counters have failed; returns whether all that came was answered. */
    private boolean serve(Counters counters, ServerOptions options, CountDownLatch ended) throws IOException {
        try (CounterServer server = CounterServer.start(counters, options)) {
            String url = url(server.address());
            Strategy strategy = counters.strategy();
            shell.screen().out().println(format == Format.JSON ? json(url, strategy) : text(url, strategy));
            shell.screen().flush();
            boolean isOver = false;
            while (!isOver) {
                // Who supervises this process starts it again; a server that only says no would stand for ever.
                isOver = ended.await(LOOK_MS, TimeUnit.MILLISECONDS)
                        || counters.failure().isPresent();
            }
            return server.drain(DRAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void say(String line) {
        shell.screen().say("counters serve", line);
    }

    private String text(String url, Strategy strategy) {
        return "serving " + url + ", " + strategy.word()
                + (journal == null ? ", in memory" : ", kept in " + Screen.plain(journal.toString()));
    }

    private JsonText json(String url, Strategy strategy) {
        Map<String, Object> known = new HashMap<>(Map.of("url", url, "strategy", strategy.word()));
        if (journal != null) {
            known.put("journal", journal.toString());
        }
        return new JsonText().object(List.of("url", "strategy", "journal"), known);
    }

    private Durability durability() {
        String word = durabilityWord == null ? "os" : durabilityWord;
        Durability durability =
                switch (word) {
                    case "os" -> Durability.OS;
                    case "fsync" -> Durability.FSYNC;
                    default -> throw wrong("--durability: " + word + " (expected: os or fsync)");
                };
        if (journal == null && durabilityWord != null) {
            throw wrong("--durability: " + word + " without --journal (expected: --journal DIR, or no --durability)");
        }
        return durability;
    }

    private Strategy strategy() {
        String word = strategyWord == null ? (journal == null ? "atomic" : "single-writer") : strategyWord;
        List<Strategy> all = Arrays.asList(Strategy.values());
        Strategy strategy = all.stream()
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> wrong("--strategy: " + word + " (expected: "
                        + all.stream().map(Strategy::word).collect(Collectors.joining(", ")) + ')'));
        if (journal != null && strategy != Strategy.SINGLE_WRITER) {
            throw wrong("--strategy: " + word + " with --journal (expected: single-writer, or no --strategy)");
        }
        return strategy;
    }

    private ServerOptions options() {
        if (port < 0 || port > PORT_MAX) {
            throw wrong("--port: " + port + " (expected: from 0 to " + PORT_MAX + ')');
        }
        try {
            String token = tokenFile == null
                    ? null
                    : Files.readString(tokenFile, StandardCharsets.ISO_8859_1).strip();
            return ServerOptions.at(new InetSocketAddress(InetAddress.getByName(bind), (int) port), token);
        } catch (UnknownHostException unknown) {
            throw wrong("--bind: " + bind + " (expected: an address of this machine, such as 127.0.0.1)");
        } catch (IOException unreadable) {
            throw wrong("--token-file: " + tokenFile + ": " + FailureKind.words(unreadable)
                    + " (expected: a file that has the token)");
        } catch (IllegalArgumentException wrong) {
            String message = String.valueOf(wrong.getMessage());
            throw wrong("--" + message.replace("token:", "token-file:").replace("a token file", "--token-file"));
        }
    }

    private static String url(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return "http://" + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + address.getPort();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
