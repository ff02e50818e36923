package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.plan.RawJson;
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
}
