package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is printed is read back; what is broken is refused or read, but never thrown at. */
class AccessPropertyTest {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss xx", Locale.ENGLISH);
    private static final String WORD = "abcxyzABCXYZ019.-_:/@%~";
    private static final String INNER = WORD + "   []()=&?';,<>";

    private final Keys keys = new Keys();
    private final AccessParser common = AccessParser.common(keys);
    private final AccessParser combined = AccessParser.combined(keys);

    @Test
    void whatIsPrintedIsReadBack() {
        long seed = 20265;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3_000; i++) {
            Map<String, Object> record = record(random, (i & 1) == 0);
            String line = print(record, (i & 1) == 0);

            assertThat(Facts.of((i & 1) == 0 ? combined : common, keys, line))
                    .as("seed %d, step %d, %s", seed, i, line)
                    .isEqualTo(record);
        }
    }

    @Test
    void aBrokenLineIsReadOrRefused() {
        long seed = 20266;
        SplittableRandom random = new SplittableRandom(seed);
        LogEvent event = new LogEvent();
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] line = print(record(random, true), true).getBytes(StandardCharsets.UTF_8);
            byte[] broken = breakIt(line, random);
            event.clear();
            event.wrapLine(broken, 0, random.nextInt(8) == 0 ? random.nextInt(broken.length + 1) : broken.length);
            taken += combined.parse(event) == ParseResult.PARSED ? 1 : 0;
            event.clear();
            event.setLine(broken, 0, broken.length);
            taken += common.parse(event) == ParseResult.PARSED ? 1 : 0;
        }
        assertThat(taken).as("seed %d", seed).isBetween(2_000, 38_000);
    }

    @Test
    void aBrokenLineMeansTheSameWhereverItStands() {
        long seed = 20267;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3_000; i++) {
            byte[] line = breakIt(print(record(random, true), true).getBytes(StandardCharsets.UTF_8), random);

            assertThat(Facts.of(combined, keys, line))
                    .as("seed %d, step %d", seed, i)
                    .isNotEmpty();
        }
    }

    @Test
    void noBytesMakeTheParserThrow() {
        long seed = 20268;
        SplittableRandom random = new SplittableRandom(seed);
        byte[] usual = "\"\\ -[]/:019AZaz".getBytes(StandardCharsets.UTF_8);
        LogEvent event = new LogEvent();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = random.nextInt(8) == 0 ? (byte) random.nextInt() : usual[random.nextInt(usual.length)];
            }
            event.clear();
            event.wrapLine(bytes, 0, bytes.length);
            common.parse(event);
            combined.parse(event);
        }
    }

    private static byte[] breakIt(byte[] line, SplittableRandom random) {
        byte[] signs = "\"\\ -[]0x".getBytes(StandardCharsets.UTF_8);
        byte[] broken = line.clone();
        for (int j = random.nextInt(4); j > 0; j--) {
            broken[random.nextInt(broken.length)] = signs[random.nextInt(signs.length)];
        }
        return broken;
    }

    private static Map<String, Object> record(SplittableRandom random, boolean isCombined) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("timestamp", 1_000_000_000 * random.nextLong(-9_000_000_000L, 9_000_000_000L));
        record.put("client", text(random, WORD, 1, 30));
        maybe(record, "ident", random, text(random, WORD, 1, 5));
        maybe(record, "user", random, (text(random, INNER, 1, 12) + "u").replace(" [", "["));
        if (random.nextInt(5) > 0) {
            record.put("method", "M" + text(random, "GETPOSHADLU-_", 0, 9));
            boolean hasProtocol = random.nextInt(5) > 0;
            record.put("path", '/' + escaped(random, hasProtocol ? INNER : WORD) + 'p');
            if (hasProtocol) {
                record.put("protocol", "HTTP/" + text(random, WORD, 0, 5));
            }
        } else {
            record.put("request", "?" + escaped(random, INNER));
        }
        maybe(record, "status", random, (long) random.nextInt(1000));
        maybe(record, "bytes", random, random.nextLong(1L << random.nextInt(1, 59)));
        if (isCombined) {
            maybe(record, "referrer", random, escaped(random, INNER));
            maybe(record, "agent", random, escaped(random, INNER));
        }
        record.values().removeIf("-"::equals);
        return record;
    }

    private static void maybe(Map<String, Object> record, String name, SplittableRandom random, Object value) {
        if (random.nextInt(3) > 0) {
            record.put(name, value);
        }
    }

    private static String escaped(SplittableRandom random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(text(random, alphabet, 0, 40)).append(random.nextBoolean() ? "\\\"" : "\\\\");
        }
        return random.nextInt(3) == 0 ? text.toString() : text(random, alphabet + "\u00e4\u20ac", 0, 120);
    }

    private static String text(SplittableRandom random, String alphabet, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(from, to + 1); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String print(Map<String, Object> record, boolean isCombined) {
        long second = (Long) record.getOrDefault("timestamp", 0L) / 1_000_000_000;
        ZoneOffset zone = ZoneOffset.ofHours((int) (second % 12));
        Object request = record.containsKey("request")
                ? record.get("request")
                : record.get("method") + " " + record.get("path")
                        + (record.containsKey("protocol") ? " " + record.get("protocol") : "");
        Object status = record.get("status");
        String line = dash(record.get("client")) + ' ' + dash(record.get("ident")) + ' ' + dash(record.get("user"))
                + " [" + TIME.format(Instant.ofEpochSecond(second).atOffset(zone)) + "] \"" + request + "\" "
                + (status == null ? "-" : String.format("%03d", (Long) status)) + ' ' + dash(record.get("bytes"));
        return isCombined
                ? line + " \"" + dash(record.get("referrer")) + "\" \"" + dash(record.get("agent")) + '"'
                : line;
    }

    private static String dash(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
