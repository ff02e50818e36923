package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two readers that have nothing in common take the same lines and find the same in them. */
@Timeout(120)
class JsonAgainstJacksonTest {

    private static final int ROUNDS = 8_000;

    private final long seed = Long.getLong("ringmain.seed", 1);
    private final Random random = new Random(seed);
    private final RandomJson json = new RandomJson(random);
    private Keys keys = new Keys();
    private JsonParser parser = new JsonParser(keys);
    private final LogEvent event = new LogEvent();
    private int taken;
    private int refused;

    /** Parses a line that lies in a slab, at its end or before other bytes. */
    private ParseResult parse(byte[] line) {
        int before = random.nextInt(20);
        int behind = random.nextInt(3) == 0 ? 0 : random.nextInt(20);
        byte[] slab = new byte[before + line.length + behind];
        random.nextBytes(slab);
        byte[] tail = "\"}]0 :\\\"".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(tail, 0, slab, before + line.length, Math.min(behind, tail.length));
        System.arraycopy(line, 0, slab, before, line.length);
        event.clear();
        event.wrapLine(slab, before, line.length);
        return parser.parse(event);
    }

    private void compare(byte[] line) {
        ParseResult result = parse(line);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            assertThat(result).as("-Dringmain.seed=%s", seed).isNotIn(ParseResult.PARSED, ParseResult.NOT_AN_OBJECT);
            return;
        }
        JacksonModel model = new JacksonModel(text);
        assertThat(result == ParseResult.PARSED).as(text).isEqualTo(model.isObject());
        assertThat(result == ParseResult.PARSED || result == ParseResult.NOT_AN_OBJECT)
                .as("-Dringmain.seed=%s: %s: %s", seed, result, text)
                .isEqualTo(model.isJson());
        if (result == ParseResult.PARSED) {
            taken++;
            assertThat(JsonShown.byName(event, keys))
                    .as("-Dringmain.seed=%s: %s", seed, text)
                    .containsExactlyEntriesOf(model.fields());
        } else {
            refused++;
            assertThat(event.fields().count()).isZero();
            assertThat(event.spareLength()).isZero();
        }
    }

    @Test
    void randomObjectsReadTheSame() {
        for (int i = 0; i < ROUNDS; i++) {
            compare(json.object(4).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(taken).isEqualTo(ROUNDS);
    }

    @Test
    void spoiltObjectsAreTakenOrRefusedAlike() {
        for (int i = 0; i < 3 * ROUNDS; i++) {
            if (i % 1000 == 0) {
                // Spoilt names are new ones, and there is an end to them.
                keys = new Keys();
                parser = new JsonParser(keys);
            }
            compare(json.spoil(json.object(3)));
        }

        assertThat(taken).isGreaterThan(ROUNDS / 10);
        assertThat(refused).isGreaterThan(ROUNDS / 10);
    }

    @Test
    void randomBytesNeverThrow() {
        for (int i = 0; i < 3 * ROUNDS; i++) {
            byte[] line = new byte[random.nextInt(40)];
            random.nextBytes(line);
            if (line.length > 4 && random.nextBoolean()) {
                line[0] = '{';
                line[1] = '"';
                line[3] = '"';
            }

            assertThat(parse(line)).isNotNull();
        }
    }
}
