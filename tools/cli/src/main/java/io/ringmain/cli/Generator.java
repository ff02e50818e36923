package io.ringmain.cli;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Makes up the lines of a shop's services: {@code LEVEL message}, the service as the source, about one line in a thousand spoilt.
 * The lines follow from the seed alone.
 *
 * <p>Thread: as {@link Source}, except {@link #end}. Allocates nothing per line.
 */
final class Generator implements Source<LogEvent> {

    /** A hundred names, so that each stands for one line in a hundred. */
    private static final Text[] SERVICES = services("auth 17", "billing 9", "catalog 22", "gateway 38", "search 14");

    /** A hundred words, so that each stands for one line in a hundred. */
    private static final byte[][] LEVELS =
            hundred("TRACE 3", "DEBUG 17", "INFO 58", "NOTICE 4", "WARN 8", "WARNING 3", "ERROR 6", "CRITICAL 1");

    private static final byte[][] MESSAGES = bytes(
            " request answered in ",
            " session renewed for user ",
            " cache entries evicted: ",
            " queue depth is ",
            " payment accepted, order ",
            " retry after timeout, attempt ",
            " connection pool in use: ",
            " index refreshed, documents ");

    private static final byte[][] SPOILT =
            bytes("", "ERROR", "?? 7f 45 4c 46 02", "{\"level\":\"info\"", "Caused by: timeout", "=====");

    private static final int ONE_IN = 1000;
    private static final int NUMBER_MAX = 100_000;
    private static final int LINE_BYTES_MAX = 128;

    private final SplittableRandom random;
    private final long linesMax;
    private final byte[] line = new byte[LINE_BYTES_MAX];
    private long lines;
    private volatile boolean ended;

    /** Makes a source of {@code linesMax} lines. */
    Generator(long linesMax, long seed) {
        this.linesMax = linesMax;
        random = new SplittableRandom(seed);
    }

    @Override
    public Status fill(Intake<LogEvent> intake, int max) {
        int count = (int) Math.min(max, linesMax - lines);
        for (int i = 0; i < count && !ended; i++) {
            fill(intake.claim(++lines));
        }
        return ended || lines == linesMax ? Status.END : Status.READY;
    }

    private void fill(LogEvent event) {
        event.fields().putText(Keys.SOURCE, SERVICES[random.nextInt(SERVICES.length)]);
        int length;
        if (random.nextInt(ONE_IN) == 0) {
            length = put(SPOILT[random.nextInt(SPOILT.length)], 0);
        } else {
            length = put(LEVELS[random.nextInt(LEVELS.length)], 0);
            length = put(MESSAGES[random.nextInt(MESSAGES.length)], length);
            length = put(random.nextInt(NUMBER_MAX), length);
        }
        event.setLine(line, 0, length);
    }

    private int put(byte[] bytes, int at) {
        System.arraycopy(bytes, 0, line, at, bytes.length);
        return at + bytes.length;
    }

    private int put(int number, int at) {
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            line[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

    /** Makes this line the last one. Any thread. */
    void end() {
        ended = true;
    }

    private static byte[][] bytes(String... texts) {
        byte[][] bytes = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            bytes[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }

    private static Text[] services(String... namesAndShares) {
        byte[][] names = hundred(namesAndShares);
        Text[] services = new Text[names.length];
        for (int i = 0; i < names.length; i++) {
            services[i] = Text.of(names[i], 0, names[i].length);
        }
        return services;
    }

    private static byte[][] hundred(String... wordsAndShares) {
        byte[][] hundred = new byte[100][];
        int next = 0;
        for (String wordAndShare : wordsAndShares) {
            int blank = wordAndShare.indexOf(' ');
            byte[] word = wordAndShare.substring(0, blank).getBytes(StandardCharsets.US_ASCII);
            for (int i = Integer.parseInt(wordAndShare.substring(blank + 1)); i > 0; i--) {
                hundred[next++] = word;
            }
        }
        return hundred;
    }
}
