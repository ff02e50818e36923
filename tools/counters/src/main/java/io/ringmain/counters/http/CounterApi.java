package io.ringmain.counters.http;

import io.ringmain.counters.Counter;
import io.ringmain.counters.Counters;
import io.ringmain.counters.Transfer;
import io.ringmain.counters.UnavailableException;
import io.ringmain.logs.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the paths mean. Knows nothing of connections.
 *
 * <p>Thread: any.
 */
final class CounterApi {

    private static final List<String> CHANGES =
            List.of("increment", "decrement", "add", "set", "swap", "compare-and-set", "max");
    private static final long TIMEOUT_MS_MAX = Duration.ofMinutes(1).toMillis();
    private static final String NO_SUCH_PATH =
            " (expected: /counters, /counters/NAME, /counters/NAME/CHANGE, /transfer, /snapshot, /metrics or /health)";

    private final Counters counters;
    private final Metrics metrics;

    CounterApi(Counters counters, Metrics metrics) {
        this.counters = counters;
        this.metrics = metrics;
    }

    /**
     * A request.
     *
     * @param query what stands behind the question mark; empty if nothing does
     */
    record Request(String method, String path, String query, String body) {}

    /** Does what {@code request} says. */
    Answer answer(Request request) {
        try {
            return route(request, request.path().split("/", -1));
        } catch (WrongRequestException wrong) {
            return Answer.error(wrong.status(), String.valueOf(wrong.getMessage()));
        } catch (IllegalArgumentException wrong) {
            return Answer.error(Answer.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        } catch (ArithmeticException wrong) {
            return Answer.error(Answer.CONFLICT, String.valueOf(wrong.getMessage()));
        } catch (UnavailableException none) {
            return Answer.error(Answer.UNAVAILABLE, String.valueOf(none.getMessage()));
        }
    }

    private Answer route(Request request, String[] parts) throws WrongRequestException {
        String first = parts.length > 1 ? parts[1] : "";
        return switch (parts.length + first) {
            case "2health" -> read(request, health());
            case "2metrics" -> read(request, new Answer(Answer.OK, Metrics.TYPE, metrics.text()));
            case "2counters" -> read(request, names());
            case "2snapshot" -> read(request, snapshot(request.query()));
            case "3counters" -> read(request, one(parts[2]));
            case "4counters" -> change(request, parts[2], parts[3]);
            case "2transfer" -> transfer(request);
            default ->
                throw new WrongRequestException(Answer.NOT_FOUND, request.path() + ": nothing there" + NO_SUCH_PATH);
        };
    }

    private static Answer read(Request request, Answer answer) throws WrongRequestException {
        require(request, "GET");
        return answer;
    }

    private static void require(Request request, String method) throws WrongRequestException {
        if (!request.method().equals(method)) {
            throw new WrongRequestException(
                    Answer.METHOD_NOT_ALLOWED,
                    request.path() + ": " + request.method() + " (expected: " + method + ')');
        }
    }

    private Answer health() {
        // Asks the writer, if there is one.
        counters.snapshot(List.of());
        return Answer.json(
                Answer.OK,
                new JsonText()
                        .beginObject()
                        .name("status")
                        .string("ok")
                        .name("strategy")
                        .string(counters.strategy().word())
                        .endObject());
    }

    private Answer names() {
        JsonText json = new JsonText().beginObject().name("counters").beginArray();
        counters.names().forEach(json::string);
        return Answer.json(Answer.OK, json.endArray().endObject());
    }

    private Answer snapshot(String query) throws WrongRequestException {
        Map<String, Long> values;
        if (query.isEmpty()) {
            values = counters.snapshot();
        } else if (query.startsWith("names=")) {
            values =
                    counters.snapshot(List.of(query.substring("names=".length()).split(",", -1)));
        } else {
            throw new WrongRequestException(
                    Answer.BAD_REQUEST, "query " + query + ": unknown (expected: names=NAME,NAME,... or nothing)");
        }
        JsonText json = new JsonText().beginObject().name("counters").beginObject();
        values.forEach((name, value) -> json.name(name).number(value));
        return Answer.json(Answer.OK, json.endObject().endObject());
    }

    private Answer one(String name) throws WrongRequestException {
        Optional<Counter> counter = counters.find(name);
        if (counter.isEmpty()) {
            throw new WrongRequestException(
                    Answer.NOT_FOUND, "counter " + name + ": not there (expected: one that was changed before)");
        }
        return value(counter.get(), counter.get().get());
    }

    private static Answer value(Counter counter, long value) {
        return Answer.json(Answer.OK, named(counter).name("value").number(value).endObject());
    }

    private static Answer values(Counter counter, long old, long value) {
        return Answer.json(
                Answer.OK,
                named(counter)
                        .name("old")
                        .number(old)
                        .name("value")
                        .number(value)
                        .endObject());
    }

    private static JsonText named(Counter counter) {
        return new JsonText().beginObject().name("name").string(counter.name());
    }

    private Answer change(Request request, String name, String change) throws WrongRequestException {
        if (!CHANGES.contains(change)) {
            throw new WrongRequestException(
                    Answer.NOT_FOUND, request.path() + ": no such change (expected: one of " + CHANGES + ')');
        }
        require(request, "POST");
        String body = request.body();
        return switch (change) {
            case "increment", "decrement" -> {
                Members.of(body);
                yield add(name, change.equals("increment") ? 1 : -1);
            }
            case "add" -> add(name, Members.of(body, "amount").number("amount"));
            case "compare-and-set" -> compareAndSet(name, Members.of(body, "expected", "value"));
            default -> set(name, change, Members.of(body, "value").number("value"));
        };
    }

    private Answer add(String name, long amount) throws WrongRequestException {
        Counter counter = make(name);
        long old = counter.fetchAdd(amount);
        return values(counter, old, old + amount);
    }

    private Answer compareAndSet(String name, Members members) throws WrongRequestException {
        long expected = members.number("expected");
        long value = members.number("value");
        Counter counter = make(name);
        return Answer.json(
                Answer.OK,
                named(counter)
                        .name("swapped")
                        .bool(counter.compareAndSet(expected, value))
                        .endObject());
    }

    private Answer set(String name, String change, long value) throws WrongRequestException {
        Counter counter = make(name);
        return change.equals("max") ? value(counter, counter.max(value)) : values(counter, counter.swap(value), value);
    }

    private Counter make(String name) throws WrongRequestException {
        try {
            return counters.counter(name);
        } catch (UnavailableException none) {
            throw none;
        } catch (IllegalStateException full) {
            throw new WrongRequestException(Answer.CONFLICT, String.valueOf(full.getMessage()));
        }
    }

    private Answer transfer(Request request) throws WrongRequestException {
        require(request, "POST");
        Members members = Members.of(request.body(), "from", "to", "amount", "timeout_ms");
        String from = members.text("from");
        String to = members.text("to");
        long amount = members.number("amount");
        long timeoutMs = members.number("timeout_ms", TIMEOUT_MS_MAX);
        if (timeoutMs < 0 || timeoutMs > TIMEOUT_MS_MAX) {
            throw new WrongRequestException(
                    Answer.BAD_REQUEST,
                    "body.timeout_ms: " + timeoutMs + " (expected: from 0 to " + TIMEOUT_MS_MAX + ')');
        }
        if (amount < 0) {
            throw new WrongRequestException(
                    Answer.BAD_REQUEST,
                    "body.amount: " + amount + " (expected: >= 0); change from and to for the other direction");
        }
        Transfer outcome = counters.transfer(make(from), make(to), amount, Duration.ofMillis(timeoutMs));
        int status =
                switch (outcome) {
                    case DONE -> Answer.OK;
                    case INSUFFICIENT, OVERFLOW -> Answer.CONFLICT;
                    case TIMED_OUT -> Answer.TIMED_OUT;
                };
        JsonText json = new JsonText()
                .beginObject()
                .name("result")
                .string(outcome.name().toLowerCase(Locale.ROOT));
        return Answer.json(status, json.endObject());
    }
}
