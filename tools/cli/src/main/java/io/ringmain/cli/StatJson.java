package io.ringmain.cli;

import io.ringmain.cli.stat.PartKind;
import io.ringmain.cli.stat.RunSnapshot;
import io.ringmain.cli.stat.RunSnapshot.DistinctError;
import io.ringmain.cli.stat.RunSnapshot.Part;
import io.ringmain.logs.JsonText;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** What {@code ringmain stat} tells programs: one object in one line. */
final class StatJson {

    private final JsonText json = new JsonText();

    private StatJson() {}

    static String of(RunLook look, long nowMs) {
        return new StatJson().write(look, nowMs);
    }

    private String write(RunLook look, long nowMs) {
        RunSnapshot run = look.now();
        json.beginObject().name("pid").number(run.pid()).name("pipeline").string(run.pipeline());
        json.name("state").string(look.state().name().toLowerCase(Locale.ROOT));
        json.name("started").string(Instant.ofEpochMilli(run.startedMs()).toString());
        json.name("heartbeat_age_ms").number(Math.max(0, nowMs - run.heartbeatMs()));
        json.name("consistent").bool(run.whole());
        counters(run.counters());
        json.name("per_second").number(Math.round(look.perSecond("received")));
        parts("sources", PartKind.SOURCE, run);
        parts("stages", PartKind.STAGE, run);
        parts("sinks", PartKind.SINK, run);
        json.name("errors").beginArray();
        for (DistinctError error : run.errors()) {
            json.beginObject().name("text").string(error.text()).name("count").number(error.count());
            json.name("first").string(Instant.ofEpochMilli(error.firstMs()).toString());
            json.name("last").string(Instant.ofEpochMilli(error.lastMs()).toString());
            json.endObject();
        }
        return json.endArray().endObject().toString();
    }

    private void parts(String name, PartKind kind, RunSnapshot run) {
        json.name(name).beginArray();
        for (Part part : run.parts(kind)) {
            json.beginObject().name("name").string(part.name());
            counters(part.counters());
            json.endObject();
        }
        json.endArray();
    }

    /** Those without a group, then an object per group: {@code "blocked_ns":{"ring_full":12}}. */
    private void counters(Map<String, Long> counters) {
        counters.forEach((name, value) -> {
            if (name.indexOf('.') < 0) {
                json.name(name).number(value);
            }
        });
        counters.keySet().stream()
                .filter(name -> name.indexOf('.') >= 0)
                .map(name -> name.substring(0, name.indexOf('.')))
                .distinct()
                .forEach(group -> group(group, counters));
    }

    private void group(String group, Map<String, Long> counters) {
        json.name(group).beginObject();
        counters.forEach((name, value) -> {
            if (name.startsWith(group + '.')) {
                json.name(name.substring(group.length() + 1)).number(value);
            }
        });
        json.endObject();
    }
}
