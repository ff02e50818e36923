package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.counters.CounterLimits;
import io.ringmain.counters.Counters;
import io.ringmain.counters.DurableCounters;
import io.ringmain.counters.http.CounterFiles;
import io.ringmain.counters.http.CounterServer;
import io.ringmain.counters.http.ServerOptions;
import io.ringmain.journal.JournalRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    // Of some 15 bytes each, so that a life among small runs has several.
    private static final int ANSWERS_MIN = 600;

    private final HttpClient client = HttpClient.newHttpClient();
    private final long[] answered = new long[OWNERS];
    private final Random random = new Random();
    private long seed;
    private boolean hasSmallRuns;
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

    /** Counters as the command serves them, but in runs so small that there are many in each life. */
    static final class SmallRuns {

        private SmallRuns() {}

        public static void main(String[] args) throws Exception {
            DurableCounters files = CounterFiles.in(Path.of(args[0]), Duration.ofMillis(50));
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            try (Counters counters = Counters.singleWriter(
                            CounterLimits.DEFAULT, files.runBytesMax(DurableCounters.RUN_BYTES_MIN));
                    CounterServer server = CounterServer.start(counters, ServerOptions.at(address, null))) {
                // tidy: the parent reads it.
                System.out.println(
                        "serving http://127.0.0.1:" + server.address().getPort() + ", in small runs");
                // Until the parent closes it.
                System.in.read();
            }
        }
    }

    @Test
    @Timeout(120)
    void nothingThatWasAnsweredIsLostByAKill() throws Exception {
        liveAndDie(2);
    }

    @Test
    @Timeout(120)
    void nothingThatWasAnsweredIsLostByAKillAmongManyRuns() throws Exception {
        hasSmallRuns = true;
        liveAndDie(2);
    }

    @Test
    @Tag("slow")
    @Timeout(900)
    void nothingThatWasAnsweredIsLostByFiftyKills() throws Exception {
        liveAndDie(50);
    }

    @Test
    @Tag("slow")
    @Timeout(900)
    void nothingThatWasAnsweredIsLostByFiftyKillsAmongManyRuns() throws Exception {
        hasSmallRuns = true;
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
            Map<String, Long> again = opened(directory, folder.resolve("killed-" + life));
            start(directory);
            check(life, again);
        }
        Map<String, Long> last = snapshot();
        endInOrder();

        assertThat(opened(directory, folder.resolve("ended")))
                .as("seed=%d", seed)
                .isEqualTo(last);
        if (hasSmallRuns) {
            List<JournalRun> left = JournalRun.in(directory.resolve("journal"));
            assertThat(left).as("the others are dropped").hasSize(1);
            assertThat(left.get(0).id() >>> Integer.SIZE).isGreaterThan(2L * lives);
        }
        System.getLogger("test").log(System.Logger.Level.INFO, lives + " kills; " + last);
    }

    private void endInOrder() throws Exception {
        if (hasSmallRuns) {
            running().getOutputStream().close();
        } else {
            running().destroy();
        }
        assertThat(running().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(running().exitValue()).as("ended in order").isZero();
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
        command.addAll(
                hasSmallRuns
                        ? List.of(SmallRuns.class.getName())
                        : List.of(Main.class.getName(), "counters", "serve", "--port", "0", "--journal"));
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
        var begun = new CountDownLatch(hasSmallRuns ? ANSWERS_MIN : OWNERS);
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

    /** Each owner had at most one request under way that was not answered. A second start comes to the same. */
    private void check(int life, Map<String, Long> again) throws Exception {
        Map<String, Long> values = snapshot();
        assertThat(again).as("seed=%d life=%d", seed, life).isEqualTo(values);
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

    /** What a start finds in a copy of {@code directory}. */
    private static Map<String, Long> opened(Path directory, Path copy) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(directory.relativize(file).toString()));
            }
        }
        try (Counters counters =
                Counters.singleWriter(CounterLimits.DEFAULT, CounterFiles.in(copy, Duration.ofDays(1)))) {
            return counters.snapshot();
        }
    }
}
