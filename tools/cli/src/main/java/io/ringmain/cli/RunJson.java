package io.ringmain.cli;

import io.ringmain.Accounts;
import io.ringmain.Report;
import io.ringmain.Report.Blocked;
import io.ringmain.Report.CheckpointReport;
import io.ringmain.Report.CircuitReport;
import io.ringmain.Report.LimitReport;
import io.ringmain.Report.SinkReport;
import io.ringmain.Report.SourceReport;
import io.ringmain.Report.StageReport;
import io.ringmain.Report.Times;
import io.ringmain.logs.JsonText;
import io.ringmain.logs.file.LineSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The account of a run for programs: one object in one line, its names in an order that stays. */
final class RunJson {

    private final JsonText json = new JsonText();
    private final PlanRun.Result result;

    private RunJson(PlanRun.Result result) {
        this.result = result;
    }

    static String of(PlanRun.Result result) {
        return new RunJson(result).write();
    }

    private String write() {
        Report report = result.report();
        json.beginObject().name("pipeline").string(result.plan().name());
        json.name("seconds").number(report == null ? 0 : report.ran().toNanos() / 1e9);
        Accounts accounts = report == null ? new Accounts(0, 0, 0, 0, Map.of(), 0, 0, 0, 0) : report.accounts();
        accounts(accounts);
        json.name("bytes").number(result.bytes());
        json.name("per_second").number(report == null ? 0 : report.perSecond());
        json.name("error_rate").number(report == null ? 0 : report.errorRate());
        blocked(report == null ? List.of() : allBlocked(report));
        json.name("stages").beginArray();
        if (report != null) {
            report.stages().forEach(stage -> stage(stage, report));
        }
        json.endArray().name("sources").beginArray();
        if (report != null) {
            report.sources().forEach(this::source);
        }
        json.endArray().name("sinks").beginArray();
        if (report != null) {
            // Those that gather the result are no sinks of the plan.
            report.sinks().stream().filter(sink -> isOfPlan(sink.name())).forEach(this::sink);
        }
        json.endArray();
        if (report != null && report.checkpoint() != null) {
            checkpoint(report.checkpoint());
        }
        aggregates();
        windows();
        unjudged();
        json.name("result").beginObject();
        result.rows().forEach((step, rows) -> {
            json.name(step).beginArray();
            rows.forEach(json::object);
            json.endArray();
        });
        return json.endObject().endObject().toString();
    }

    private void aggregates() {
        json.name("aggregates").beginObject();
        result.aggregates().forEach((step, aggregate) -> {
            json.name(step).beginObject().name("groups").number(aggregate.groupCount());
            json.name("events_in_other").number(aggregate.eventsInOther());
            ignored(aggregate.ignored());
            json.endObject();
        });
        json.endObject();
    }

    private void ignored(Map<String, Long> byName) {
        json.name("ignored").beginObject();
        byName.forEach((name, count) -> json.name(name).number(count));
        json.endObject();
    }

    private void windows() {
        json.name("windows").beginObject();
        result.windows().forEach((step, window) -> {
            json.name(step).beginObject().name("late").number(result.late(step));
            json.name("rows_of_others").number(window.rowsOfOthers());
            ignored(window.ignored());
            json.endObject();
        });
        json.endObject();
    }

    /** Only where there is a step that judges. */
    private void unjudged() {
        if (!result.unjudged().isEmpty()) {
            json.name("unjudged").beginObject();
            result.unjudged().forEach((step, count) -> json.name(step).number(count));
            json.endObject();
        }
    }

    private void accounts(Accounts accounts) {
        json.name("received").number(accounts.received());
        json.name("delivered").number(accounts.delivered());
        json.name("absorbed").number(accounts.absorbed());
        json.name("filtered").number(accounts.filtered());
        json.name("dropped").number(accounts.droppedInAll());
        json.name("dead_lettered").number(accounts.deadLettered());
        json.name("parked").number(accounts.parked());
        json.name("in_flight").number(accounts.inFlight());
        json.name("replayed").number(accounts.replayed());
    }

    private static List<Blocked> allBlocked(Report report) {
        List<Blocked> all = new ArrayList<>();
        report.sources().forEach(source -> all.addAll(source.blocked()));
        report.stages().forEach(stage -> all.addAll(stage.blocked()));
        report.sinks().forEach(sink -> all.addAll(sink.blocked()));
        return all;
    }

    private void blocked(List<Blocked> all) {
        Map<String, long[]> sums = new TreeMap<>();
        for (Blocked blocked : all) {
            long[] sum = sums.computeIfAbsent(blocked.why(), why -> new long[2]);
            sum[0] += blocked.count();
            sum[1] += blocked.ns();
        }
        json.name("blocked").beginObject();
        sums.forEach((why, sum) -> json.name(why)
                .beginObject()
                .name("count")
                .number(sum[0])
                .name("ns")
                .number(sum[1])
                .endObject());
        json.endObject();
    }

    private void stage(StageReport stage, Report report) {
        json.beginObject().name("name").string(stage.name());
        json.name("in").number(stage.in()).name("out").number(stage.out());
        json.name("filtered").number(stage.filtered()).name("failed").number(stage.failed());
        double seconds = report.ran().toNanos() / 1e9;
        json.name("per_second").number(seconds > 0 ? stage.in() / seconds : 0);
        times("wait_us", stage.waited());
        times("service_us", stage.service());
        json.name("depth_max").number(stage.depthMax()).endObject();
    }

    private boolean isOfPlan(String sink) {
        return result.plan().sinks().stream().anyMatch(part -> part.name().equals(sink));
    }

    private void source(SourceReport source) {
        json.beginObject().name("name").string(source.name());
        json.name("received").number(source.received());
        json.name("dropped")
                .number(source.dropped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        LineSource lines = result.sources().get(source.name());
        json.name("bytes").number(lines == null ? 0 : lines.bytesRead());
        blocked(source.blocked());
        json.endObject();
    }

    private void sink(SinkReport sink) {
        json.beginObject().name("name").string(sink.name());
        json.name("offered").number(sink.offered()).name("delivered").number(sink.delivered());
        json.name("not_wanted").number(sink.notWanted());
        json.name("dropped").number(sink.dropped()).name("dead_lettered").number(sink.deadLettered());
        json.name("in_flight").number(sink.inFlight()).name("failed").number(sink.failed());
        result.plan().sinks().stream()
                .filter(part -> part.name().equals(sink.name()))
                .findFirst()
                .ifPresent(part -> json.name("guarantee")
                        .string(Explanation.guarantee(result.plan(), part))
                        .name("losses")
                        .string(Explanation.losses(result.plan(), part)));
        times("wait_us", sink.waited());
        times("service_us", sink.service());
        json.name("depth_max").number(sink.depthMax());
        CircuitReport circuit = sink.circuit();
        if (circuit != null) {
            json.name("circuit").beginObject().name("state").string(circuit.state());
            json.name("opened").number(circuit.opened());
            json.name("seconds").number(circuit.lasted().toNanos() / 1e9).endObject();
        }
        LimitReport limit = sink.inFlightLimit();
        if (limit != null) {
            json.name("in_flight_limit").beginObject().name("now").number(limit.now());
            json.name("under_way_max").number(limit.underWayMax()).endObject();
        }
        json.endObject();
    }

    private void checkpoint(CheckpointReport checkpoint) {
        json.name("checkpoint").beginObject();
        json.name("continued").bool(checkpoint.continued());
        json.name("stored").number(checkpoint.stored()).name("failed").number(checkpoint.failed());
        json.name("bytes").number(checkpoint.bytes());
        Duration since = checkpoint.since();
        if (since != null) {
            json.name("seconds_since").number(since.toNanos() / 1e9);
        }
        json.endObject();
    }

    private void times(String name, Times times) {
        json.name(name).beginObject();
        json.name("mean").number(times.meanNs() / 1e3).name("p50").number(times.p50Ns() / 1e3);
        json.name("p99").number(times.p99Ns() / 1e3).name("p999").number(times.p999Ns() / 1e3);
        json.name("max").number(times.maxNs() / 1e3).endObject();
    }
}
