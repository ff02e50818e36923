package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** One event with a field of every kind, its line in the middle of a slab, and what is known of its fields. */
final class Sample {

    static final Schema CLOSED = closed();
    static final Schema OPEN = new Schema(Map.of(), true);

    final Keys keys = new Keys();
    final LogEvent event = new LogEvent();

    private static Schema closed() {
        Map<String, FieldType> types = new LinkedHashMap<>();
        types.put("timestamp", FieldType.TIME);
        types.put("level", FieldType.LEVEL);
        types.put("method", FieldType.TEXT);
        types.put("path", FieldType.TEXT);
        types.put("umlaut", FieldType.TEXT);
        types.put("nothing", FieldType.TEXT);
        types.put("a-b", FieldType.TEXT);
        types.put("http.status", FieldType.TEXT);
        types.put("status", FieldType.NUMBER);
        types.put("bytes", FieldType.NUMBER);
        types.put("zero", FieldType.NUMBER);
        types.put("half", FieldType.NUMBER);
        types.put("none", FieldType.NUMBER);
        types.put("secure", FieldType.BOOLEAN);
        types.put("nope", FieldType.BOOLEAN);
        types.put("took", FieldType.DURATION);
        types.put("size", FieldType.ANY);
        types.put("word", FieldType.ANY);
        types.put("flag", FieldType.ANY);
        return new Schema(types, false);
    }

    Sample() {
        byte[] slab = "GET /api/1 ↵<GET /api/42 xää 12 true err 1.5s [1,2]>↵ ERROR".getBytes(StandardCharsets.UTF_8);
        int from = indexOf(slab, "<") + 1;
        event.wrapLine(slab, from, indexOf(slab, ">") - from);
        event.setTimeNs(Instant.parse("2015-05-17T10:05:03Z").getEpochSecond() * 1_000_000_000L);
        event.setLevel(Level.WARN);
        span("method", "GET");
        span("path", "/api/42");
        span("umlaut", "xää");
        event.fields().putText(keys.id("a-b"), Text.of("dashed"));
        spare("http.status", "dotted");
        event.fields().putLong(keys.id("status"), 200);
        event.fields().putLong(keys.id("bytes"), 1004);
        event.fields().putLong(keys.id("zero"), 0);
        event.fields().putDouble(keys.id("half"), 0.5);
        event.fields().putNull(keys.id("none"));
        event.fields().putBoolean(keys.id("secure"), true);
        event.fields().putLong(keys.id("took"), 1_500_000_000L);
        span("size", "12");
        spare("word", "word");
        span("flag", "true");
        event.fields().putBoolean(keys.id("yes"), true);
        event.fields().putLong(keys.id("count"), 7);
        event.fields().putTime(keys.id("when"), event.timeNs());
        span("severity", "err");
        span("wait", "1.5s");
        event.fields().putJson(keys.id("array"), indexOf(slab, "[1,2]"), 5);
    }

    private static int indexOf(byte[] bytes, String text) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        return latin.lastIndexOf(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private void span(String name, String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        event.fields().putSpan(keys.id(name), indexOf(event.bytes(), text), length);
    }

    private void spare(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int offset = event.addSpare(bytes.length);
        System.arraycopy(bytes, 0, event.spare(), offset, bytes.length);
        event.fields().putSpare(keys.id(name), offset, bytes.length);
    }
}
