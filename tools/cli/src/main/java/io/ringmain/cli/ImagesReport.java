package io.ringmain.cli;

import io.ringmain.Report;
import io.ringmain.images.ImageRun;
import io.ringmain.images.Outcome;
import io.ringmain.images.Outcome.Status;
import io.ringmain.images.Outcomes;
import io.ringmain.logs.JsonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became of the pictures of a run, for people and for programs.
 *
 * @param in where they were
 * @param out where they went
 * @param total how many there were
 * @param outcomes what became of each that was begun
 * @param report of the pipeline
 */
record ImagesReport(Path in, Path out, int total, Outcomes outcomes, Report report) {

    private static final int SHOWN_MAX = 10;

    /** What {@code run} has done so far. */
    static Reading reading(ImageRun run, long total, Report report) {
        Reading all = Reading.of(report);
        // Not those that were begun: at the end it would say 100 % for as long as the last pictures take.
        return new Reading(
                run.outcomes().count(),
                total,
                Reading.UNKNOWN,
                Reading.UNKNOWN,
                all.ringShare(),
                all.errorRate(),
                all.inFlight(),
                all.balanced(),
                "images");
    }

    int count(Status status) {
        return outcomes.count(status);
    }

    /** A summary, and the first of those that failed. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(Numbers.counted(outcomes.count(), "image"))
                .append(" in ")
                .append(Numbers.seconds(report.ran()))
                .append(": ")
                .append(Numbers.count(count(Status.DONE)))
                .append(" done");
        if (count(Status.SKIPPED) > 0) {
            line.append(", ").append(Numbers.count(count(Status.SKIPPED))).append(" up to date");
        }
        if (count(Status.FAILED) > 0) {
            line.append(", ").append(Numbers.count(count(Status.FAILED))).append(" failed");
        }
        if (report.accounts().inFlight() > 0) {
            line.append(", ")
                    .append(Numbers.count(report.accounts().inFlight()))
                    .append(" given up at the end");
        }
        long left = total - outcomes.count() - report.accounts().inFlight();
        if (left > 0) {
            line.append(", ").append(Numbers.count(left)).append(" left for the next run");
        }
        lines.add(line.toString());
        outcomes.all().stream()
                .filter(outcome -> outcome.status() == Status.FAILED)
                .limit(SHOWN_MAX)
                .forEach(outcome -> lines.add(Screen.plain("  " + outcome.task().in() + ": " + outcome.reason() + ": "
                        + Failures.plain(outcome.error()))));
        if (count(Status.FAILED) > SHOWN_MAX) {
            lines.add("  and " + Numbers.count(count(Status.FAILED) - SHOWN_MAX) + " more; --report FILE has all");
        }
        return lines;
    }

    /** All of it. */
    String json() {
        double seconds = report.ran().toNanos() / 1e9;
        List<Outcome> all = outcomes.all();
        JsonText json = JsonText.indented().beginObject();
        json.name("in").string(in.toString());
        json.name("out").string(out.toString());
        json.name("seconds").number(seconds);
        json.name("images").number(total);
        for (Status status : List.of(Status.DONE, Status.SKIPPED, Status.FAILED)) {
            json.name(word(status)).number(count(status));
        }
        json.name("in_flight").number(report.accounts().inFlight());
        json.name("per_second").number(seconds == 0 ? 0 : all.size() / seconds);
        json.name("bytes_in")
                .number(all.stream().mapToLong(one -> one.sizeIn().bytes()).sum());
        json.name("bytes_out")
                .number(all.stream().mapToLong(one -> one.sizeOut().bytes()).sum());
        json.name("spent_ms").beginObject();
        spentMs(all).forEach((what, ms) -> json.name(what).number(ms));
        json.endObject();
        json.name("files").beginArray();
        for (Outcome outcome : all) {
            file(outcome, json);
        }
        return json.endArray().endObject().toString() + '\n';
    }

    /** What all workers together did with their time. */
    private static Map<String, Double> spentMs(List<Outcome> all) {
        Map<String, Double> spent = new LinkedHashMap<>();
        for (Outcome outcome : all) {
            List<String> names = new ArrayList<>(List.of("read"));
            outcome.task().operations().forEach(operation -> names.add(operation.toString()));
            names.addAll(List.of("encode", "write"));
            for (int i = 0; i < outcome.spentNs().size(); i++) {
                spent.merge(names.get(i), outcome.spentNs().get(i) / 1e6, Double::sum);
            }
        }
        return spent;
    }

    private static void file(Outcome outcome, JsonText json) {
        json.beginObject();
        json.name("id").number(outcome.task().id());
        json.name("file").string(outcome.task().in().toString());
        json.name("out").string(outcome.task().out().toString());
        json.name("status").string(word(outcome.status()));
        json.name("duration_ms").number(outcome.duration().toNanos() / 1e6);
        json.name("error").string(outcome.error());
        json.name("reason").string(outcome.reason());
        json.name("width_in").number(outcome.sizeIn().width());
        json.name("height_in").number(outcome.sizeIn().height());
        json.name("width_out").number(outcome.sizeOut().width());
        json.name("height_out").number(outcome.sizeOut().height());
        json.endObject();
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
