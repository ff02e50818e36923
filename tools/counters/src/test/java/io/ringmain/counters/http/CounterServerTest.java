package io.ringmain.counters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Checkpointing;
import io.ringmain.counters.CounterLimits;
import io.ringmain.counters.Counters;
import io.ringmain.counters.DurableCounters;
import io.ringmain.counters.Strategy;
import io.ringmain.spi.FileCheckpointStore;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is answered, over real connections. */
@Timeout(60)
class CounterServerTest {

    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Counters counters = Counters.atomic();
    private @Nullable CounterServer server;

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
        counters.close();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private CounterServer serve(ServerOptions options) throws IOException {
        CounterServer started = CounterServer.start(counters, options);
        server = started;
        return started;
    }

    private CounterServer serve() throws IOException {
        return serve(ServerOptions.at(loopback(), null));
    }

    private static HttpRequest.Builder request(CounterServer to, String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://localhost:" + to.address().getPort() + path))
                .timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String get(String path) throws IOException, InterruptedException {
        return said(send(request(running(), path).GET()));
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        return said(send(request(running(), path).POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private CounterServer running() {
        CounterServer one = server;
        if (one == null) {
            throw new IllegalStateException("no server");
        }
        return one;
    }

    private static String said(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body().strip();
    }

    @ParameterizedTest
    @EnumSource
    void eachChangeIsAnswered(Strategy strategy) throws Exception {
        counters = strategy.counters(CounterLimits.DEFAULT);
        serve();

        assertThat(get("/counters")).isEqualTo("200 {\"counters\":[]}");
        assertThat(post("/counters/a/increment", "")).isEqualTo("200 {\"name\":\"a\",\"old\":0,\"value\":1}");
        assertThat(post("/counters/a/add", "{\"amount\": 9}")).isEqualTo("200 {\"name\":\"a\",\"old\":1,\"value\":10}");
        assertThat(post("/counters/a/decrement", "{}")).isEqualTo("200 {\"name\":\"a\",\"old\":10,\"value\":9}");
        assertThat(post("/counters/a/set", "{\"value\":-5}")).isEqualTo("200 {\"name\":\"a\",\"old\":9,\"value\":-5}");
        assertThat(post("/counters/a/swap", "{\"value\":7}")).isEqualTo("200 {\"name\":\"a\",\"old\":-5,\"value\":7}");
        assertThat(post("/counters/a/compare-and-set", "{\"expected\":7,\"value\":8}"))
                .isEqualTo("200 {\"name\":\"a\",\"swapped\":true}");
        assertThat(post("/counters/a/compare-and-set", "{\"expected\":7,\"value\":9}"))
                .isEqualTo("200 {\"name\":\"a\",\"swapped\":false}");
        assertThat(post("/counters/a/max", "{\"value\":20}")).isEqualTo("200 {\"name\":\"a\",\"value\":20}");
        assertThat(get("/counters/a")).isEqualTo("200 {\"name\":\"a\",\"value\":20}");
        assertThat(post("/transfer", "{\"from\":\"a\",\"to\":\"b\",\"amount\":15,\"timeout_ms\":1000}"))
                .isEqualTo("200 {\"result\":\"done\"}");
        assertThat(post("/transfer", "{\"from\":\"a\",\"to\":\"b\",\"amount\":15}"))
                .isEqualTo("409 {\"result\":\"insufficient\"}");
        assertThat(get("/snapshot")).isEqualTo("200 {\"counters\":{\"a\":5,\"b\":15}}");
        assertThat(get("/snapshot?names=b,x")).isEqualTo("200 {\"counters\":{\"b\":15}}");
        assertThat(get("/health")).isEqualTo("200 {\"status\":\"ok\",\"strategy\":\"" + strategy.word() + "\"}");
        assertThat(get("/metrics"))
                .contains("ringmain_counter{name=\"a\"} 5\n")
                .contains("# TYPE ringmain_counters_operations_total counter\n")
                .contains("ringmain_counters_http_requests_total{outcome=\"ok\"} 14\n")
                .contains("ringmain_counters_http_requests_total{outcome=\"wrong\"} 1\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            POST | /counters/a/add      | {}                          | 400 | body.amount: missing (expected: a whole number)
            POST | /counters/a/add      | {"amount": 1.5}             | 400 | body.amount: 1.5 (expected: a whole number)
            POST | /counters/a/add      | {"amount": 1e2}             | 400 | body.amount: 1e2 (expected: a whole number)
            POST | /counters/a/add      | {"amount": 01}              | 400 | body.amount: 01 (expected: a whole number)
            POST | /counters/a/add      | {"amount": null}            | 400 | body.amount: null (expected: a whole number)
            POST | /counters/a/add      | {"amount": [1]}             | 400 | body: wrong at character
            POST | /counters/a/add      | {"amount": "1"}             | 400 | body.amount: a text
            POST | /counters/a/add      | {"amount": 1, "amount": 2}  | 400 | body.amount: given twice
            POST | /counters/a/add      | {"amount": 1,}              | 400 | body: wrong at character
            POST | /counters/a/add      | {"amount": 9223372036854775808} | 400 | within the range of 64 bits
            POST | /counters/a/add      | [1]                         | 400 | body: no JSON object (expected: an object of amount)
            POST | /counters/a/add      | {"amnt": 1}                 | 400 | body.amnt: unknown
            POST | /counters/a/increment | {"by": 2}                  | 400 | body.by: unknown (expected: {}, or nothing)
            POST | /counters/a%20b/increment | {}                     | 400 | counter a b: 3 characters (expected: from 1 to 100 of
            POST | /counters/a/double   | {}                          | 404 | /counters/a/double: no such change
            POST | /counters/full/add   | {"amount": 1}               | 409 | counter full: 9223372036854775807 + 1
            POST | /transfer            | {"from":"a","to":"full","amount":1} | 409 | overflow
            POST | /transfer            | {"from":"new","to":"a","amount":-1} | 400 | body.amount: -1 (expected: >= 0); change from and to
            POST | /transfer            | {"from":"a","to":"new"}     | 400 | body.amount: missing
            POST | /transfer            | {"from":"a","to":"new","amount":1,"timeout_ms":99999999} | 400 | body.timeout_ms
            POST | /transfer            | {"from":1,"to":"a","amount":1} | 400 | body.from: 1 (expected: the name of a counter)
            GET  | /counters/none       | {}                          | 404 | counter none: not there
            GET  | /nothing             | {}                          | 404 | /nothing: nothing there (expected: /counters,
            GET  | /transfer            | {}                          | 405 | /transfer: GET (expected: POST)
            DELETE | /counters/a        | {}                          | 405 | /counters/a: DELETE (expected: GET)
            GET  | /snapshot?nmes=a     | {}                          | 400 | query nmes=a: unknown
            """)
    void whatIsWrongIsSaid(String method, String path, String body, int status, String message) throws Exception {
        counters.counter("full").set(Long.MAX_VALUE);
        counters.counter("a").set(3);
        CounterServer running = serve();

        HttpResponse<String> response =
                send(request(running, path).method(method, HttpRequest.BodyPublishers.ofString(body)));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"").contains(message.replace("\"", "\\\""));
        assertThat(counters.snapshot())
                .as("nothing is done or made")
                .isEqualTo(Map.of("a", 3L, "full", Long.MAX_VALUE));
    }

    @Test
    void thereAreLimits() throws Exception {
        counters = Strategy.LOCKED.counters(new CounterLimits(1, 5));
        serve();

        assertThat(post("/counters/a/add", "{\"amount\":1" + " ".repeat(5000) + "}"))
                .isEqualTo("413 {\"error\":\"body: too long (expected: <= 4096 bytes)\"}");
        assertThat(get("/snapshot?names=" + "a,".repeat(5000))).startsWith("414 ");
        assertThat(post("/counters/a/increment", "")).startsWith("200 ");
        assertThat(post("/counters/b/increment", "")).startsWith("409 {\"error\":\"counter b: there are 1 already");
        assertThat(post("/counters/sixsix/increment", "")).startsWith("400 ");
        assertThat(counters.snapshot()).containsOnlyKeys("a");
    }

    /** A journal that keeps nothing, on a disk that can be full. */
    private static final class FullJournal implements Journal {

        private volatile boolean isFull;

        @Override
        public void open(JournalHead head) {}

        @Override
        public boolean append(byte[] block, int length) {
            return !isFull;
        }

        @Override
        public void flush() {}

        @Override
        public void close(JournalFoot foot) {}
    }

    @Test
    void whileTheDiskIsFullRequestsAreToldWhetherTheyAreDone() throws Exception {
        var journal = new FullJournal();
        var durable = new DurableCounters(
                        journal, visitor -> {}, new Checkpointing(new FileCheckpointStore(folder), Duration.ofDays(1)))
                .roomWithin(Duration.ZERO);
        counters = Counters.singleWriter(CounterLimits.DEFAULT, durable);
        serve();
        assertThat(post("/counters/a/increment", "")).startsWith("200 ");
        journal.isFull = true;

        assertThat(post("/counters/a/add", "{\"amount\":10}"))
                .startsWith(
                        "503 {\"error\":\"counters: their journal has no room (expected: some on its disk); this is done once there is");
        for (String[] request : new String[][] {
            {"/counters/a/add", "{\"amount\":100}"},
            {"/counters/new/increment", ""},
            {"/transfer", "{\"from\":\"a\",\"to\":\"a2\",\"amount\":1,\"timeout_ms\":60000}"}
        }) {
            assertThat(post(request[0], request[1]))
                    .startsWith("503 {\"error\":\"counters: their journal has no room")
                    .contains("nothing was done: make room, and ask again");
        }
        assertThat(get("/health")).startsWith("503 ");
        assertThat(get("/counters/a")).isEqualTo("200 {\"name\":\"a\",\"value\":1}");
        assertThat(get("/counters")).isEqualTo("200 {\"counters\":[\"a\"]}");
        assertThat(get("/metrics")).startsWith("200 ").contains("ringmain_counter{name=\"a\"} 1\n");

        journal.isFull = false;
        String answer = "503 ";
        while (answer.startsWith("503 ")) {
            answer = post("/counters/a/add", "{\"amount\":1000}");
        }
        assertThat(answer).isEqualTo("200 {\"name\":\"a\",\"old\":11,\"value\":1011}");
        assertThat(get("/snapshot")).isEqualTo("200 {\"counters\":{\"a\":1011}}");
    }

    @Test
    void namesMayBeEncodedAsUrisAre() throws Exception {
        serve();

        assertThat(post("/counters/shop%3Aorders/increment", ""))
                .isEqualTo("200 {\"name\":\"shop:orders\",\"old\":0,\"value\":1}");
        assertThat(post("/counters/b/increment", "")).startsWith("200 ");
        assertThat(get("/counters/%62")).isEqualTo("200 {\"name\":\"b\",\"value\":1}");
        assertThat(get("/snapshot?names=b%2Cshop%3Aorders"))
                .isEqualTo("200 {\"counters\":{\"b\":1,\"shop:orders\":1}}");
    }

    @Test
    void pagesInABrowserAreSentAway() throws Exception {
        CounterServer running = serve();

        HttpResponse<String> response = send(request(running, "/counters/a/increment")
                .header("Origin", "http://example.org")
                .POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(counters.snapshot()).isEmpty();
    }

    @Test
    void withoutTheTokenNothingIsDone() throws Exception {
        CounterServer running = serve(ServerOptions.at(loopback(), TOKEN));

        for (String wrong : new String[] {"", "Bearer", "Bearer ", "Bearer " + TOKEN + "x", "Basic " + TOKEN, TOKEN}) {
            HttpResponse<String> response = send(request(running, "/counters/a/increment")
                    .header("Authorization", wrong)
                    .POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        }
        assertThat(get("/metrics")).startsWith("401 ");
        assertThat(counters.snapshot()).isEmpty();
        assertThat(get("/health")).startsWith("200 ");
        for (String scheme : new String[] {"Bearer ", "bearer "}) {
            HttpResponse<String> right = send(request(running, "/counters/a/increment")
                    .header("Authorization", scheme + TOKEN)
                    .POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(right.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whereOthersCanComeATokenIsNeeded() {
        var everywhere = new InetSocketAddress("0.0.0.0", 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerOptions.at(everywhere, null))
                .withMessage(
                        "bind: 0.0.0.0 can be reached by others (expected: 127.0.0.1 or ::1, or a token); give a token file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerOptions.at(everywhere, "short"))
                .withMessage("token: 5 characters (expected: at least 16)");
        for (String unsendable : new String[] {TOKEN + "\n", TOKEN + ' ' + TOKEN, TOKEN + "\u00e9", TOKEN + "\u007f"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ServerOptions.at(everywhere, unsendable))
                    .withMessageStartingWith("token: has a space, a line end or a character beyond ASCII");
        }
        assertThat(ServerOptions.at(everywhere, TOKEN).address()).isEqualTo(everywhere);
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        CounterServer running = serve();
        var taken = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), running.address().getPort());

        assertThatThrownBy(() -> CounterServer.start(counters, ServerOptions.at(taken, null)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bind: ")
                .hasMessageContaining("--port 0 takes a free one");
    }

    @Test
    void whoComesTooMuchIsToldToComeAgainAndADrainWaitsForTheOthers() throws Exception {
        var gate = new GateCounters();
        counters = gate;
        CounterServer running = serve(new ServerOptions(loopback(), null, 4096, 2));
        List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            held.add(client.sendAsync(request(running, "/snapshot").build(), HttpResponse.BodyHandlers.ofString()));
        }
        gate.entered.await();

        HttpResponse<String> third = send(request(running, "/snapshot"));
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> running.drain(Duration.ofSeconds(30)));
        gate.open.countDown();

        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(drained.get()).isTrue();
        for (CompletableFuture<HttpResponse<String>> one : held) {
            assertThat(one.get().statusCode()).isEqualTo(200);
        }
    }

    /** Counters whose snapshot waits. */
    private static final class GateCounters extends ForwardingCounters {

        private final CountDownLatch entered = new CountDownLatch(2);
        private final CountDownLatch open = new CountDownLatch(1);

        GateCounters() {
            super(Counters.atomic());
        }

        @Override
        public java.util.Map<String, Long> snapshot() {
            entered.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.snapshot();
        }
    }
}
