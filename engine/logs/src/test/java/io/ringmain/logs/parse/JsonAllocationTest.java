package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.Bytes;
import io.ringmain.logs.file.JsonLine;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonAllocationTest {

    private static final int EVENTS = 20_000;

    private final byte[][] lines = {
        bytes(
                "{\"time\":\"2015-09-06T05:58:05+09:00\",\"level\":\"Warning\",\"status\":200,\"response_time\":0.057,\"ua\":\"UA1\"}"),
        bytes(
                "{\"msg\":\"a\\nb\\u20ac\",\"http\":{\"path\":\"/x\",\"tags\":[1,\"x\",{}]},\"ok\":true,\"none\":null,\"größe\":\"ü\"}"),
        bytes(
                "{\"a\":0.30000000000000004,\"b\":1.2345678901234567e-100,\"c\":18446744073709551615,\"d\":1e300,\"\\u0065\":5}"),
        bytes("{\"level\":30,\"time\":1745532517537,\"a\":1,\"a\":2,\"broken\":[}")
    };
    private final Keys keys = new Keys();
    private final JsonParser parser = new JsonParser(keys);
    private final JsonLine encoder = new JsonLine(keys);
    private final LogEvent event = new LogEvent();
    private final Bytes written = new Bytes();
    private long parsed;

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void parsingAndWritingAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        work(EVENTS);

        // N and 2 N events: whatever the measuring itself allocates cancels out.
        long start = threads.getCurrentThreadAllocatedBytes();
        work(EVENTS);
        long once = threads.getCurrentThreadAllocatedBytes();
        work(2 * EVENTS);
        long twice = threads.getCurrentThreadAllocatedBytes();

        assertThat((twice - once - (once - start)) / (double) EVENTS).isLessThan(0.01);
        assertThat(parsed).isEqualTo(4 * EVENTS / 4 * 3);
    }

    private void work(int events) {
        for (int i = 0; i < events; i++) {
            byte[] line = lines[i & 3];
            event.clear();
            event.wrapLine(line, 0, line.length);
            if (parser.parse(event) == ParseResult.PARSED) {
                parsed++;
            }
            written.clear();
            encoder.encode(event, written);
        }
    }
}
