package io.ringmain.logs.file;

import io.ringmain.logs.Text;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Makes lines of an access log in the combined format, as a shop might have it. The same seed gives the same bytes, on every machine.
 *
 * <p>Thread: one. Allocates once per day of its own time.
 */
final class AccessLog {

    /** Its time between two lines. */
    static final long STEP_NS = 10_000_000;

    private static final long STEPS_PER_SECOND = 1_000_000_000 / STEP_NS;
    private static final int DAY_SECONDS = 86_400;
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MMM/yyyy", Locale.ROOT);
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private static final Text[] USERS = texts("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi");
    private static final Text[] PATHS = texts(
            "/",
            "/index.html",
            "/login",
            "/logout",
            "/cart",
            "/checkout",
            "/search?q=",
            "/product/",
            "/category/",
            "/api/v1/orders/",
            "/api/v1/users/",
            "/static/app.js",
            "/static/site.css",
            "/images/logo.png",
            "/health");
    private static final Text[] REFERRERS = texts(
            "-",
            "-",
            "-",
            "https://shop.example/",
            "https://shop.example/cart",
            "https://search.example/?q=shoes",
            "https://news.example/2026/01/deals");
    private static final Text[] AGENTS = texts(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
            "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
            "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://bot.example/about)",
            "curl/8.8.0");

    private long state;
    private long step;
    private long day = -1;
    private Text dayText = Text.of("");

    AccessLog(long seed) {
        state = seed;
    }

    private static Text[] texts(String... texts) {
        Text[] all = new Text[texts.length];
        for (int i = 0; i < texts.length; i++) {
            all[i] = Text.of(texts[i]);
        }
        return all;
    }

    /** Puts the next line, with its line end. */
    void line(Bytes to) {
        putClient(to);
        to.putAscii(" - ");
        if (random(100) < 15) {
            to.put(USERS[random(USERS.length)]);
        } else {
            to.put('-');
        }
        putTime(to);
        putRequest(to);
        int status = status();
        to.put(' ');
        to.putLong(status);
        to.put(' ');
        if (status == 304) {
            to.put('-');
        } else {
            to.putLong(status >= 400 ? 150 + random(400) : sizeBytes());
        }
        to.putAscii(" \"");
        to.put(REFERRERS[random(REFERRERS.length)]);
        to.putAscii("\" \"");
        to.put(AGENTS[random(AGENTS.length)]);
        to.putAscii("\"\n");
        step++;
    }

    // Networks that are set aside for documentation: nobody's address; and one client in fifty comes by IPv6.
    private void putClient(Bytes to) {
        int network = random(50);
        if (network == 0) {
            to.putAscii("2001:db8::");
            to.putLong(1 + random(9999));
            return;
        }
        to.putAscii(network < 20 ? "192.0.2." : network < 40 ? "198.51.100." : "203.0.113.");
        to.putLong(1 + random(254));
    }

    private void putTime(Bytes to) {
        long second = step / STEPS_PER_SECOND;
        if (second / DAY_SECONDS != day) {
            day = second / DAY_SECONDS;
            dayText = Text.of(DAY.format(FIRST_DAY.plusDays(day)));
        }
        int secondOfDay = (int) (second % DAY_SECONDS);
        to.putAscii(" [");
        to.put(dayText);
        putTwoDigits(to, secondOfDay / 3600);
        putTwoDigits(to, secondOfDay / 60 % 60);
        putTwoDigits(to, secondOfDay % 60);
        to.putAscii(" +0000] \"");
    }

    private static void putTwoDigits(Bytes to, int value) {
        to.put(':');
        to.put((char) ('0' + value / 10));
        to.put((char) ('0' + value % 10));
    }

    private void putRequest(Bytes to) {
        int kind = random(100);
        to.putAscii(kind < 82 ? "GET " : kind < 95 ? "POST " : kind < 98 ? "HEAD " : kind < 99 ? "PUT " : "DELETE ");
        // The smaller of two: the first paths are asked for most.
        Text path = PATHS[Math.min(random(PATHS.length), random(PATHS.length))];
        to.put(path);
        byte last = path.bytes()[path.length() - 1];
        if (path.length() > 1 && (last == '/' || last == '=')) {
            to.putLong(1 + random(5000));
        }
        to.putAscii(random(3) == 0 ? " HTTP/2.0\"" : " HTTP/1.1\"");
    }

    private int status() {
        int share = random(1000);
        if (share < 860) {
            return 200;
        }
        if (share < 900) {
            return 304;
        }
        if (share < 930) {
            return share < 915 ? 301 : 302;
        }
        if (share < 985) {
            return share < 965 ? 404 : share < 975 ? 403 : share < 981 ? 401 : 400;
        }
        return share < 994 ? 500 : share < 998 ? 502 : 503;
    }

    // Many small answers, few large ones.
    private long sizeBytes() {
        return 200L + random(1 << (8 + random(10)));
    }

    /** From 0 to {@code bound} - 1. The generator is SplitMix64, written out because that of the JDK may change. */
    private int random(int bound) {
        state += GOLDEN;
        long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return (int) ((((mixed ^ (mixed >>> 31)) >>> 33) * bound) >>> 31);
    }
}
