package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    private static final Pattern CASE = Pattern.compile(
            "\\{\"id\": \"([^\"]*)\", \"hex\": \"([^\"]*)\", \"valid\": (true|false)(?:.*\"replaced_hex\": \"([^\"]*)\")?.*");

    @Test
    void whatIsNotPlainIsFoundWhereverItStands() {
        Random random = new Random(1);
        String others = "\"\\\u0000\u001f\t\u0080\u00ff";
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte)
                        (random.nextInt(20) == 0 ? others.charAt(random.nextInt(others.length())) : plain(random));
            }
            int from = random.nextInt(bytes.length);
            int end = from + random.nextInt(bytes.length - from + 1);
            int expected = from;
            while (expected < end && others.indexOf(bytes[expected] & 0xff) < 0) {
                expected++;
            }

            assertThat(PlainText.skip(bytes, from, end)).isEqualTo(expected);
        }
    }

    private static int plain(Random random) {
        return "ab !#[]~\u007f".charAt(random.nextInt(9));
    }

    @Test
    void everyCharacterOfUtf8IsOne() {
        for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                int length = bytes.length;

                assertThat(PlainText.behindCharacter(bytes, 0, length)).isEqualTo(length);
                assertThat(PlainText.behindCharacter(bytes, 0, length - 1)).isEqualTo(-Math.max(1, length - 1));
            }
        }
    }

    @Test
    @Tag("data")
    void casesOfOthersAreReplacedAsTheySay() throws IOException {
        Path file = Path.of(System.getProperty("ringmain.data"), "text", "utf8_cases.jsonl");
        int count = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            Matcher matcher = CASE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            String replaced = matcher.group(3).equals("true") ? matcher.group(2) : matcher.group(4);

            assertThat(replaced(HexFormat.of().parseHex(matcher.group(2))))
                    .as(line)
                    .isEqualTo(replaced);
            count++;
        }
        assertThat(count).isEqualTo(108);
    }

    private static String replaced(byte[] bytes) {
        var all = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; ) {
            int behind = bytes[at] < 0 ? PlainText.behindCharacter(bytes, at, bytes.length) : at + 1;
            if (behind > 0) {
                all.write(bytes, at, behind - at);
                at = behind;
            } else {
                all.writeBytes("\ufffd".getBytes(StandardCharsets.UTF_8));
                at -= behind;
            }
        }
        return HexFormat.of().formatHex(all.toByteArray());
    }
}
