package io.ringmain.logs.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What another library reads in a line, written down as {@link JsonShown#byName} does. */
final class JacksonModel {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final String document;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private boolean isJson;
    private boolean isObject;

    JacksonModel(String document) {
        this.document = document;
        try (JsonParser parser = FACTORY.createParser(document)) {
            JsonToken first = parser.nextToken();
            isObject = first == JsonToken.START_OBJECT;
            if (isObject) {
                readMembers(parser, "", parser.nextToken());
            } else {
                parser.skipChildren();
            }
            isJson = first != null && parser.nextToken() == null;
        } catch (JsonProcessingException refused) {
            isJson = false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isJson() {
        return isJson;
    }

    boolean isObject() {
        return isJson && isObject;
    }

    /** By name with dots: kind and text. */
    Map<String, String> fields() {
        return fields;
    }

    private void readMembers(JsonParser parser, String prefix, JsonToken first) throws IOException {
        for (JsonToken token = first; token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String name = prefix + whole(parser.currentName());
            JsonToken value = parser.nextToken();
            int start = (int) parser.currentTokenLocation().getCharOffset();
            switch (value) {
                case START_OBJECT -> {
                    JsonToken inner = parser.nextToken();
                    if (inner == JsonToken.END_OBJECT) {
                        keep(name, "JSON:" + raw(parser, start));
                    } else {
                        readMembers(parser, name + '.', inner);
                    }
                }
                case START_ARRAY -> {
                    parser.skipChildren();
                    keep(name, "JSON:" + raw(parser, start));
                }
                case VALUE_STRING -> keep(name, "TEXT:" + whole(parser.getText()));
                case VALUE_NUMBER_INT -> keep(name, whole(parser));
                case VALUE_NUMBER_FLOAT -> {
                    double number = Double.parseDouble(parser.getText());
                    keep(name, Double.isInfinite(number) ? "JSON:" + parser.getText() : "DOUBLE:" + number);
                }
                case VALUE_TRUE, VALUE_FALSE -> keep(name, "BOOLEAN:" + parser.getText());
                default -> keep(name, "NULL:");
            }
        }
    }

    private static String whole(JsonParser parser) throws IOException {
        return parser.getBigIntegerValue().bitLength() < 64
                ? "LONG:" + parser.getLongValue()
                : "JSON:" + parser.getText();
    }

    private static String whole(String text) {
        // Of regular expressions, halves of pairs are this category; pairs are not.
        return text.replaceAll("\\p{Cs}", "\ufffd");
    }

    private String raw(JsonParser parser, int start) {
        return document.substring(start, (int) parser.currentLocation().getCharOffset());
    }

    private void keep(String name, String value) {
        fields.put(name.equals("line") ? "line_field" : name, value);
    }
}
