package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** No parser allocates for a line, whether it takes it or not. */
class ParserAllocationTest {

    private static final int EVENTS = 40_000;
    private static final String HEAD = " - - [10/Oct/2000:13:55:36 -0700] \"GET /a";

    private final Keys keys = new Keys();
    private final LogEvent event = new LogEvent();
    private int taken;

    @Test
    void commonLines() {
        measure(
                AccessParser.common(keys),
                "h" + HEAD + " HTTP/1.0\" 200 1",
                "h - joe [10/Oct/2000:14:55:36 +0100] \"x\" - -",
                "h" + HEAD + "\"b\" HTTP/1.0\" 200 123456789012",
                "h" + HEAD);
    }

    @Test
    void combinedLines() {
        measure(
                AccessParser.combined(keys),
                "h" + HEAD + " HTTP/1.0\" 200 1 \"http://x/\\\"\" \"agent (x; y)\"",
                "h" + HEAD + " HTTP/1.0\" 200 1 \"-\" \"-\"",
                "h" + HEAD + " HTTP/1.0\" 200 1 \"-\" \"",
                "");
    }

    @Test
    void linesOfLogfmt() {
        measure(
                new LogfmtParser(keys),
                "ts=2023-12-07T20:07:05.949Z level=warning msg=\"disk \\\"x\\\" full\" caller=main.go:5 n=1 ok",
                "time=1701979625.25 lvl=INFO message=\"\\u00e4\"",
                "level=loud line=3",
                "a=\"");
    }

    @Test
    void linesOfARegularExpression() {
        measure(
                new RegexParser(
                        keys, "^(?<timestamp>.*?) \\[(?<tags>(?:\\w+ ?)*)] (?i)(?<level>[a-z]+)\\b (?<message>.*)$"),
                "2000-10-10T20:55:36Z [ab ab ab] Warning all the rest",
                "10/Oct/2000:13:55:36 -0700 [] INFO x",
                "soon [a] loud x",
                "nothing");
    }

    private void measure(LineParser parser, String... texts) {
        byte[][] lines = new byte[texts.length][];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        work(parser, lines, EVENTS);

        // N and 2 N events: whatever the measuring itself allocates cancels out.
        long start = threads.getCurrentThreadAllocatedBytes();
        work(parser, lines, EVENTS);
        long once = threads.getCurrentThreadAllocatedBytes();
        work(parser, lines, 2 * EVENTS);
        long twice = threads.getCurrentThreadAllocatedBytes();

        assertThat((twice - once - (once - start)) / (double) EVENTS).isLessThan(0.01);
        assertThat(taken).isBetween(2 * EVENTS, 3 * EVENTS);
    }

    private void work(LineParser parser, byte[][] lines, int events) {
        for (int i = 0; i < events; i++) {
            byte[] line = lines[i & 3];
            event.clear();
            event.wrapLine(line, 0, line.length);
            taken += parser.parse(event) == ParseResult.PARSED ? 1 : 0;
        }
    }
}
