package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.counters.CounterLimits;
import io.ringmain.counters.Counters;
import io.ringmain.counters.http.CounterFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that serves durable counters, killed at any moment: what it has answered is there, and done once. */
class CountersKilledTest {

    private static final Pattern MEMBER = Pattern.compile("\"([a-z]+-\\d+)\":(-?\\d+)");
    private static final Pattern OLD = Pattern.compile("\"old\":(\\d+)");
    private static final int OWNERS = 4;
    private static final int MOVERS = 2;
    private static final int ACCOUNTS = 5;
    private static final long EACH = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final long[] answered = new long[OWNERS];
    private final Random random = new Random();
    private long seed;
    private @Nullable Process process;
    private String url = "";

    @TempDir
    private Path folder;

    @BeforeEach
    void seed() {
        seed = random.nextLong();
        random.setSeed(seed);
        System.getLogger("test").log(System.Logger.Level.INFO, "seed=" + seed);
    }

    @AfterEach
    void killWhatIsLeft() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    @Timeout(120)
    void nothingThatWasAnsweredIsLostByAKill() throws Exception {
        liveAndDie(2);
    }

    @Test
    @Tag("slow")
    @Timeout(900)
    void nothingThatWasAnsweredIsLostByFiftyKills() throws Exception {
        liveAndDie(50);
    }

    private void liveAndDie(int lives) throws Exception {
        Path directory = folder.resolve("counters");
        start(directory);
        for (int i = 0; i < ACCOUNTS; i++) {
            assertThat(post("/counters/account-" + i + "/set", "{\"value\":" + EACH + "}"))
                    .contains("\"value\":200");
        }
        for (int life = 0; life < lives; life++) {
            useUntilKilled();
            start(directory);
            check(life);
        }
        Map<String, Long> last = snapshot();
        running().destroy();
        assertThat(running().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(running().exitValue()).as("drained by SIGTERM").isZero();

        assertThat(replayed(directory)).as("seed=%d: the journal alone", seed).isEqualTo(last);
        System.getLogger("test").log(System.Logger.Level.INFO, lives + " kills; " + last);
    }

    private Process running() {
        Process one = process;
        if (one == null) {
            throw new IllegalStateException("not started");
        }
        return one;
    }

    private void start(Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "counters", "serve", "--port", "0", "--journal"));
        command.add(directory.toString());
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process = started;
        var said = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        assertThat(line).as("seed=%d", seed).startsWith("serving http://127.0.0.1:");
        url = line.substring("serving ".length(), line.indexOf(','));
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private Map<String, Long> snapshot() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/snapshot")).build();
        Matcher member = MEMBER.matcher(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        Map<String, Long> values = new HashMap<>();
        while (member.find()) {
            values.put(member.group(1), Long.parseLong(member.group(2)));
        }
        return values;
    }

    /** Threads of which each adds to a counter of its own, and others that move between accounts, until the server does not answer any more. */
    private void useUntilKilled() throws Exception {
        var begun = new CountDownLatch(OWNERS);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < OWNERS + MOVERS; i++) {
            int number = i;
            long own = random.nextLong();
            threads.add(new Thread(() -> {
                try {
                    if (number < OWNERS) {
                        add(number, begun);
                    } else {
                        move(new Random(own));
                    }
                } catch (IOException killedNow) {
                    // What was under way may be done, or not.
                } catch (InterruptedException | RuntimeException | AssertionError e) {
                    wrong.add(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(running().waitFor(random.nextInt(400), TimeUnit.MILLISECONDS))
                .isFalse();
        running().destroyForcibly().waitFor();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).as("seed=%d", seed).isEmpty();
    }

    private void add(int number, CountDownLatch begun) throws IOException, InterruptedException {
        while (true) {
            String answer = post("/counters/own-" + number + "/increment", "");
            Matcher old = OLD.matcher(answer);
            assertThat(old.find()).as(answer).isTrue();
            assertThat(Long.parseLong(old.group(1)))
                    .as("seed=%d own-%d", seed, number)
                    .isEqualTo(answered[number]);
            answered[number]++;
            begun.countDown();
        }
    }

    private void move(Random mine) throws IOException, InterruptedException {
        while (true) {
            String answer = post(
                    "/transfer",
                    "{\"from\":\"account-" + mine.nextInt(ACCOUNTS) + "\",\"to\":\"account-" + mine.nextInt(ACCOUNTS)
                            + "\",\"amount\":" + mine.nextInt(150) + '}');
            assertThat(answer).containsAnyOf("done", "insufficient");
        }
    }

    /** Each owner had at most one request under way that was not answered. */
    private void check(int life) throws Exception {
        Map<String, Long> values = snapshot();
        long sum = 0;
        for (int i = 0; i < ACCOUNTS; i++) {
            assertThat(values.get("account-" + i)).isNotNegative();
            sum += values.get("account-" + i);
        }
        assertThat(sum).as("seed=%d life=%d", seed, life).isEqualTo(ACCOUNTS * EACH);
        for (int i = 0; i < OWNERS; i++) {
            assertThat(values.get("own-" + i))
                    .as("seed=%d life=%d own-%d", seed, life, i)
                    .isBetween(answered[i], answered[i] + 1);
            answered[i] = values.get("own-" + i);
        }
    }

    private Map<String, Long> replayed(Path directory) throws IOException {
        Path again = folder.resolve("again");
        Files.createDirectories(again.resolve("journal"));
        try (var files = Files.list(directory.resolve("journal"))) {
            for (Path file : files.toList()) {
                Files.copy(file, again.resolve("journal").resolve(file.getFileName()));
            }
        }
        try (Counters counters =
                Counters.singleWriter(CounterLimits.DEFAULT, CounterFiles.in(again, Duration.ofDays(1)))) {
            return counters.snapshot();
        }
    }
}
