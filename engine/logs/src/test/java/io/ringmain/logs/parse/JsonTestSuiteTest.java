package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JSONTestSuite of N. Seriot: what must be taken is taken, what must be refused is refused, and what may be either stands here. */
@Tag("data")
class JsonTestSuiteTest {

    // Numbers keep all digits or are rounded as doubles are; half a surrogate pair reads as U+FFFD; everything else is
    // refused.
    private static final Map<String, ParseResult> EITHER = Map.ofEntries(
            Map.entry("i_number_double_huge_neg_exp.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_number_neg_int_huge_exp.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_number_real_neg_overflow.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_number_real_underflow.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_number_too_big_pos_int.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_object_key_lone_2nd_surrogate.json", ParseResult.PARSED),
            Map.entry("i_string_1st_valid_surrogate_2nd_invalid.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_string_UTF-8_invalid_sequence.json", ParseResult.BAD_UTF8),
            Map.entry("i_string_incomplete_surrogate_and_escape_valid.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_string_incomplete_surrogates_escape_valid.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_string_invalid_surrogate.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_string_inverted_surrogates_U+1D11E.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_string_lone_second_surrogate.json", ParseResult.NOT_AN_OBJECT),
            Map.entry("i_string_not_in_unicode_range.json", ParseResult.BAD_UTF8),
            Map.entry("i_string_overlong_sequence_6_bytes.json", ParseResult.BAD_UTF8),
            Map.entry("i_string_truncated-utf-8.json", ParseResult.BAD_UTF8),
            Map.entry("i_string_utf16LE_no_BOM.json", ParseResult.BAD_JSON),
            Map.entry("i_structure_UTF-8_BOM_empty_object.json", ParseResult.BAD_JSON));

    private final JsonParser parser = new JsonParser(new Keys());
    private final LogEvent event = new LogEvent();

    private ParseResult parse(byte[] line) {
        event.clear();
        event.setLine(line, 0, line.length);
        return parser.parse(event);
    }

    private Map<String, ParseResult> results(String folder, String prefix) throws IOException {
        Map<String, ParseResult> results = new TreeMap<>();
        Path path = Path.of(System.getProperty("ringmain.data"), "jsontestsuite", folder);
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith(prefix))
                    .toList()) {
                byte[] document = Files.readAllBytes(file);
                results.put(file.getFileName().toString(), parse(document));
                // In an object as it is, so that it is read and not only skipped.
                results.put("in an object: " + file.getFileName(), parse(within("{\"v\":", document, "}")));
                results.put("in an array: " + file.getFileName(), parse(within("{\"v\":[0,", document, "]}")));
            }
        }
        return results;
    }

    private static byte[] within(String before, byte[] document, String behind) throws IOException {
        var all = new ByteArrayOutputStream();
        all.write(before.getBytes(StandardCharsets.UTF_8));
        all.write(document);
        all.write(behind.getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    @Test
    void whatMustBeTakenIsTaken() throws IOException {
        Map<String, ParseResult> results = results("test_parsing", "y_");

        assertThat(results).hasSizeGreaterThan(100);
        assertThat(results.values()).containsOnly(ParseResult.PARSED, ParseResult.NOT_AN_OBJECT);
    }

    @Test
    void whatMustBeRefusedIsRefused() throws IOException {
        Map<String, ParseResult> results = results("test_parsing", "n_");

        assertThat(results).hasSizeGreaterThan(200);
        assertThat(results)
                .allSatisfy((file, result) ->
                        assertThat(result).as(file).isNotIn(ParseResult.PARSED, ParseResult.NOT_AN_OBJECT));
    }

    @Test
    void whatMayBeEitherIsAsItStandsHere() throws IOException {
        Map<String, ParseResult> results = results("test_parsing", "i_");
        results.keySet().removeIf(file -> file.startsWith("in an"));

        assertThat(results).containsExactlyInAnyOrderEntriesOf(EITHER);
    }

    @Test
    void whatOthersChangeIsTakenUnlessItIsNotUtf8() throws IOException {
        results("test_transform", "number_")
                .forEach((file, result) ->
                        assertThat(result).as(file).isIn(ParseResult.PARSED, ParseResult.NOT_AN_OBJECT));
        results("test_transform", "object_")
                .forEach((file, result) -> assertThat(result).as(file).isEqualTo(ParseResult.PARSED));
        results("test_transform", "string_")
                .forEach((file, result) -> assertThat(result).as(file).isEqualTo(ParseResult.BAD_UTF8));
    }
}
