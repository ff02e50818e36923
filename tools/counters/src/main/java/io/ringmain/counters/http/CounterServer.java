package io.ringmain.counters.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ringmain.counters.Counters;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Serves counters over HTTP.
 *
 * <p>Thread: any. It has threads of its own from {@link #start} to {@link #close}.
 */
public final class CounterServer implements AutoCloseable {

    /** Threads beside those that work: they tell who comes too much to come again. */
    private static final int SPARE_THREADS = 4;

    private static final int WAITING_MAX = 256;
    private static final int PATH_CHARS_MAX = 8192;
    // More than counters wait for room in their journal: what they say then is to arrive.
    private static final String SECONDS_PER_REQUEST = "10";
    private static final String BEARER = "Bearer ";

    private final ServerOptions options;
    private final CounterApi api;
    private final Metrics metrics;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Semaphore room;
    private volatile boolean draining;

    private CounterServer(Counters counters, ServerOptions options) throws IOException {
        this.options = options;
        metrics = new Metrics(counters);
        api = new CounterApi(counters, metrics);
        room = new Semaphore(options.requestsMax());
        server = HttpServer.create(options.address(), 0);
        var number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                options.requestsMax() + SPARE_THREADS,
                options.requestsMax() + SPARE_THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                work -> new Thread(work, "counters-http-" + number.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Begins to serve {@code counters}, which stay the caller's.
     *
     * @throws IOException if the address cannot be used
     */
    public static CounterServer start(Counters counters, ServerOptions options) throws IOException {
        // The server of the JDK reads them once: small answers are sent at once, and nobody holds a thread by sending
        // slowly.
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        setUnlessSet("sun.net.httpserver.maxReqTime", SECONDS_PER_REQUEST);
        setUnlessSet("sun.net.httpserver.maxRspTime", SECONDS_PER_REQUEST);
        CounterServer server;
        try {
            server = new CounterServer(counters, options);
        } catch (IOException failure) {
            throw new IOException(
                    "bind: " + options.address() + ": " + failure.getMessage()
                            + " (expected: an address of this machine with a free port); --port 0 takes a free one",
                    failure);
        }
        server.server.start();
        return server;
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Where it serves, with the port that it was given. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = Answer.error(
                    Answer.UNAVAILABLE,
                    draining
                            ? "the server is ending (expected: a running one)"
                            : options.requestsMax() + " requests are worked on (expected: fewer); come again");
            if (!draining && room.tryAcquire()) {
                try {
                    answer = answer(exchange);
                    send(exchange, answer);
                } finally {
                    room.release();
                }
            } else {
                exchange.getResponseHeaders().set("Retry-After", "1");
                send(exchange, answer);
            }
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        metrics.answered(answer.status());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (answer.status() == Answer.UNAUTHORIZED) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), hasBody ? body.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        try {
            check(exchange);
            // As clients mean them: many write a colon or a comma as %3A and %2C.
            String path = exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getQuery();
            return api.answer(new CounterApi.Request(
                    exchange.getRequestMethod(), path == null ? "" : path, query == null ? "" : query, body(exchange)));
        } catch (WrongRequestException wrong) {
            return Answer.error(wrong.status(), String.valueOf(wrong.getMessage()));
        } catch (RuntimeException failure) {
            System.getLogger("io.ringmain.counters.http")
                    .log(System.Logger.Level.ERROR, "A request could not be answered.", failure);
            return Answer.error(Answer.INTERNAL_ERROR, "failed: " + failure);
        }
    }

    private void check(HttpExchange exchange) throws WrongRequestException {
        if (exchange.getRequestURI().toString().length() > PATH_CHARS_MAX) {
            throw new WrongRequestException(
                    Answer.URI_TOO_LONG, "path: too long (expected: <= " + PATH_CHARS_MAX + " characters)");
        }
        // Pages in a browser on this machine can send here too, and browsers say so.
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            throw new WrongRequestException(
                    Answer.FORBIDDEN, "Origin: sent by a web page (expected: a program); counters are for programs");
        }
        boolean isHealth = exchange.getRequestURI().getPath().equals("/health");
        if (options.token() != null
                && !isHealth
                && !isToken(exchange.getRequestHeaders().getFirst("Authorization"), options.token())) {
            throw new WrongRequestException(
                    Answer.UNAUTHORIZED, "Authorization: missing or wrong (expected: Bearer TOKEN)");
        }
    }

    /** Compares in a time that does not depend on where the two differ. */
    private static boolean isToken(@Nullable String given, String token) {
        return given != null
                && given.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && MessageDigest.isEqual(
                        given.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
                        token.getBytes(StandardCharsets.UTF_8));
    }

    private String body(HttpExchange exchange) throws IOException, WrongRequestException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(options.bodyBytesMax() + 1);
            if (body.length > options.bodyBytesMax()) {
                throw new WrongRequestException(
                        Answer.TOO_LARGE, "body: too long (expected: <= " + options.bodyBytesMax() + " bytes)");
            }
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * Takes no new requests, and ends when those that are worked on are answered, or after {@code limit}. An interrupt ends the wait; the flag is kept.
     *
     * @return whether all were answered
     */
    public boolean drain(Duration limit) {
        draining = true;
        boolean answered = false;
        try {
            answered = room.tryAcquire(options.requestsMax(), limit.toNanos(), TimeUnit.NANOSECONDS);
            // For a second call; nobody else comes in any more.
            room.release(answered ? options.requestsMax() : 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdown();
        return answered;
    }

    /** Drains within 10 seconds. */
    @Override
    public void close() {
        drain(Duration.ofSeconds(10));
    }
}
