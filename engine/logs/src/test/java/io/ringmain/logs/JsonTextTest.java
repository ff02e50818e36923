package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void commasStandBetweenValuesOnly() {
        JsonText json = new JsonText();

        json.beginObject().name("a").number(-1).name("b").beginArray().endArray();
        json.name("c")
                .beginArray()
                .beginObject()
                .endObject()
                .string("")
                .string("[")
                .bool(true)
                .endArray();
        json.endObject();

        assertThat(json).hasToString("{\"a\":-1,\"b\":[],\"c\":[{},\"\",\"[\",true]}");
    }

    @Test
    void whatIsNotPlainIsEscaped() {
        assertThat(new JsonText().string("a\"b\\c\n\u001b\u007f\u20ac\ud83d\ude00"))
                .hasToString("\"a\\\"b\\\\c\\u000a\\u001b\\u007f\\u20ac\\ud83d\\ude00\"");
    }

    @Test
    void jsonThatWasThereIsEscapedToo() {
        assertThat(new JsonText().object(Map.of("u", new RawJson("{\"m\u00fcller\":1}"))))
                .hasToString("{\"u\":{\"m\\u00fcller\":1}}");
    }

    @Test
    void valuesOfAMapAreWrittenByTheirKind() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("long", 1L);
        values.put("double", 2.0);
        values.put("none", Double.NaN);
        values.put("yes", true);
        values.put("list", List.of(1, Map.of("a", "b")));

        assertThat(new JsonText().object(values))
                .hasToString("{\"long\":1,\"double\":2,\"none\":null,\"yes\":true,\"list\":[1,{\"a\":\"b\"}]}");
        assertThat(new JsonText().object(List.of("none", "long"), Map.of("long", 1L, "more", 2L)))
                .hasToString("{\"none\":null,\"long\":1,\"more\":2}");
    }

    @Test
    void eachMemberHasALineIfItIsToBeRead() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("empty", Map.of());
        values.put("list", List.of(1, 2));
        values.put("inner", Map.of("a", "b"));

        assertThat(JsonText.indented().object(values)).hasToString("""
                {
                  "empty": {},
                  "list": [
                    1,
                    2
                  ],
                  "inner": {
                    "a": "b"
                  }
                }""");
    }

    @Test
    void aQuotedTextIsEscapedAsLittleAsItCanBe() {
        StringBuilder text = new StringBuilder("x");

        JsonText.quote("a\"\\\t\u007f\u20ac", text);

        assertThat(text).hasToString("x\"a\\\"\\\\\\u0009\u007f\u20ac\"");
    }
}
