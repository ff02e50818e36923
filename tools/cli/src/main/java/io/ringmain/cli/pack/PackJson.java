package io.ringmain.cli.pack;

import io.ringmain.Report.Times;
import io.ringmain.logs.JsonText;
import io.ringmain.pack.FlowReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The account of {@code pack} or {@code unpack} for programs: one object in one line, its names in an order that stays. */
public final class PackJson {

    private PackJson() {}

    /**
     * What became of one file.
     *
     * @param pair from where to where
     * @param report what was done; null if it failed
     * @param error why it failed; null if it did not
     */
    public record Fate(
            FilePair pair,
            @Nullable FlowReport report,
            @Nullable String error) {}

    /** Writes what {@code verb} did. */
    public static String of(String verb, List<Fate> fates, double seconds) {
        JsonText json = new JsonText();
        json.beginObject().name("verb").string(verb).name("seconds").number(seconds);
        json.name("failed")
                .number(fates.stream().filter(fate -> fate.error != null).count());
        json.name("files").beginArray();
        fates.forEach(fate -> fate(json, fate));
        return json.endArray().endObject().toString();
    }

    private static void fate(JsonText json, Fate fate) {
        json.beginObject().name("file").string(fate.pair.fromText());
        json.name("out").string(fate.pair.toText());
        json.name("status").string(fate.error == null ? "done" : "failed");
        if (fate.error != null) {
            json.name("error").string(fate.error);
        }
        FlowReport report = fate.report;
        if (report != null) {
            json.name("seconds").number(report.ran().toNanos() / 1e9);
            json.name("chunks").number(report.chunks());
            json.name("content_bytes").number(report.contentBytes());
            json.name("packed_bytes").number(report.packedBytes());
            json.name("ratio").number(report.ratio());
            json.name("bytes_per_second").number(report.bytesPerSecond());
            json.name("bottleneck").string(report.bottleneck().name());
            json.name("lanes").beginArray();
            report.lanes().forEach(lane -> lane(json, lane));
            json.endArray();
        }
        json.endObject();
    }

    private static void lane(JsonText json, FlowReport.Lane lane) {
        json.beginObject().name("name").string(lane.name());
        json.name("threads").number(lane.threads()).name("busy").number(lane.busy());
        json.name("depth_mean").number(lane.depthMean()).name("depth_max").number(lane.depthMax());
        times(json, "wait_us", lane.waited());
        times(json, "service_us", lane.service());
        json.endObject();
    }

    private static void times(JsonText json, String name, Times times) {
        json.name(name).beginObject();
        json.name("mean").number(times.meanNs() / 1e3).name("p50").number(times.p50Ns() / 1e3);
        json.name("p99").number(times.p99Ns() / 1e3).name("p999").number(times.p999Ns() / 1e3);
        json.name("max").number(times.maxNs() / 1e3).endObject();
    }
}
