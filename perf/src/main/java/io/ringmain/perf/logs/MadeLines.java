package io.ringmain.perf.logs;

import io.ringmain.logs.file.Bytes;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes up lines of a format. The same seed gives the same lines, and the same requests in all formats that have them.
 *
 * <p>Thread: one.
 */
public final class MadeLines {

    private static final String[] METHODS = {"GET", "GET", "GET", "GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD"};
    private static final int[] STATUSES = {200, 200, 200, 200, 200, 200, 200, 301, 304, 404, 403, 500};
    private static final String[] LEVELS = {"TRACE", "DEBUG", "INFO", "INFO", "INFO", "WARN", "ERROR", "FATAL"};
    private static final String[] PATHS = {"/", "/cart", "/products/list", "/api/v2/orders", "/images/logo.png"};
    private static final String[] AGENTS = {
        "curl/8.5.0",
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
    };
    // Before the time of day, level, client, method, path, status, bytes and the number of the order, and behind that.
    private static final String[] BETWEEN_JSON = {
        "{\"timestamp\":\"2026-05-17T",
        "Z\",\"level\":\"",
        "\",\"client\":\"",
        "\",\"method\":\"",
        "\",\"path\":\"",
        "\",\"status\":",
        ",\"bytes\":",
        ",\"message\":\"order \\\"",
        "\\\" was taken\"}"
    };
    private static final String[] BETWEEN_LOGFMT = {
        "time=2026-05-17T",
        "Z level=",
        " client=",
        " method=",
        " path=",
        " status=",
        " bytes=",
        " msg=\"order \\\"",
        "\\\" was taken\""
    };
    private static final int DAY_SECONDS = 86_400;
    private static final int LINES_PER_SECOND = 100;

    private final Format format;
    private final SplittableRandom random;
    private long made;

    /** Makes a maker of lines that follow from {@code seed}. */
    public MadeLines(Format format, long seed) {
        this.format = format;
        random = new SplittableRandom(seed);
    }

    /** Makes {@code count} lines. */
    public Lines make(int count) {
        Bytes bytes = new Bytes();
        for (int i = 0; i < count; i++) {
            put(bytes);
        }
        return Lines.of(Arrays.copyOf(bytes.array(), bytes.length()), bytes.length());
    }

    /** Puts one line with its line end. */
    public void put(Bytes to) {
        switch (format) {
            case COMBINED -> putAccess(to, true);
            case COMMON, REGEX -> putAccess(to, false);
            case JSON -> putFields(BETWEEN_JSON, to);
            case LOGFMT -> putFields(BETWEEN_LOGFMT, to);
            case LEVEL -> putLevel(to);
        }
        to.put('\n');
        made++;
    }

    private void putAccess(Bytes to, boolean isCombined) {
        putClient(to);
        to.putAscii(" - - [17/May/2026:");
        putTimeOfDay(to);
        to.putAscii(" +0000] \"");
        to.putAscii(one(METHODS));
        to.put(' ');
        putPath(to);
        to.putAscii(" HTTP/1.1\" ");
        to.putLong(status());
        to.put(' ');
        to.putLong(random.nextInt(50_000));
        if (isCombined) {
            to.putAscii(" \"https://example.com");
            to.putAscii(one(PATHS));
            to.putAscii("\" \"");
            to.putAscii(one(AGENTS));
            to.put('"');
        }
    }

    private void putFields(String[] between, Bytes to) {
        to.putAscii(between[0]);
        putTimeOfDay(to);
        to.putAscii(between[1]);
        to.putAscii(one(LEVELS));
        to.putAscii(between[2]);
        putClient(to);
        to.putAscii(between[3]);
        to.putAscii(one(METHODS));
        to.putAscii(between[4]);
        putPath(to);
        to.putAscii(between[5]);
        to.putLong(status());
        to.putAscii(between[6]);
        to.putLong(random.nextInt(50_000));
        to.putAscii(between[7]);
        to.putLong(random.nextInt(10_000));
        to.putAscii(between[8]);
    }

    private void putLevel(Bytes to) {
        to.putAscii(one(LEVELS));
        to.putAscii(" order ");
        to.putLong(random.nextInt(10_000));
        to.putAscii(" was taken in ");
        to.putLong(random.nextInt(500));
        to.putAscii(" ms");
    }

    private void putClient(Bytes to) {
        int address = random.nextInt();
        to.putLong(10 + (address >>> 24) % 200);
        to.put('.');
        to.putLong(address >>> 16 & 0xff);
        to.put('.');
        to.putLong(address >>> 8 & 0xff);
        to.put('.');
        to.putLong(address & 0xff);
    }

    private void putPath(Bytes to) {
        to.putAscii(one(PATHS));
        to.putAscii("?id=");
        to.putLong(random.nextInt(10_000));
    }

    private void putTimeOfDay(Bytes to) {
        int second = (int) (made / LINES_PER_SECOND % DAY_SECONDS);
        putTwoDigits(second / 3600, to);
        to.put(':');
        putTwoDigits(second / 60 % 60, to);
        to.put(':');
        putTwoDigits(second % 60, to);
    }

    private static void putTwoDigits(int number, Bytes to) {
        to.put((char) ('0' + number / 10));
        to.put((char) ('0' + number % 10));
    }

    private int status() {
        return STATUSES[random.nextInt(STATUSES.length)];
    }

    private String one(String[] of) {
        return of[random.nextInt(of.length)];
    }
}
