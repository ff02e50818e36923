package io.ringmain.cli;

import io.ringmain.journal.JournalRun;
import io.ringmain.journal.LetterId;
import io.ringmain.logs.JsonText;
import io.ringmain.spi.SinkDigest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which runs a journal has, or looks whether they are whole: info and verify. */
@Command(
        description = {
            "Show the runs that a journal has: when, how much, what each sink was given, and what is damaged. All of it is read;",
            "verify ends with 1 if a run is not whole.",
            ""
        },
        footer = {"", "Exit codes: 0 shown, 1 (verify) a run is not whole, 2 wrong usage."})
final class JournalInfo implements Callable<Integer> {

    private final Screen screen;
    private final boolean verifies;

    @Mixin
    private JournalOptionsOfRun options = new JournalOptionsOfRun();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json: an object per run, each in a line (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    /** Makes info, or verify if it {@code verifies}. */
    JournalInfo(Screen screen, boolean verifies) {
        this.screen = screen;
        this.verifies = verifies;
    }

    @Override
    public Integer call() throws IOException {
        List<JournalRun> runs = JournalRun.in(options.directory());
        for (JournalRun run : runs) {
            if (format == Format.JSON) {
                screen.out().println(json(run));
            } else {
                text(run);
            }
        }
        if (runs.isEmpty() && format == Format.TEXT) {
            screen.out().println("no run");
        }
        boolean isWhole = !runs.isEmpty() && runs.stream().allMatch(JournalRun::isWhole);
        return verifies && !isWhole ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private void text(JournalRun run) {
        screen.out()
                .println(screen.heading("run " + LetterId.text(run.id())) + " of "
                        + Screen.plain(run.head().pipeline()) + ", begun " + run.begun() + ", " + state(run));
        screen.out()
                .println("  " + Numbers.counted(run.size().events(), "event") + " in "
                        + Numbers.counted(run.size().slots(), "slot") + ", "
                        + Numbers.bytes(run.size().bytes()) + ", "
                        + Numbers.seconds(run.size().lasted()));
        if (run.head().checkpoint() > 0) {
            screen.out().println("  goes on at checkpoint " + run.head().checkpoint());
        }
        run.foot().ifPresent(foot -> foot.sinks().forEach(sink -> screen.out()
                .println("  sink " + Screen.plain(sink.sink()) + ": "
                        + Numbers.counted(sink.digest().events(), "event") + ", digest " + digest(sink))));
        run.damage().forEach(damage -> screen.out().println("  damaged: " + Screen.plain(damage)));
    }

    private static String state(JournalRun run) {
        if (!run.damage().isEmpty()) {
            return "damaged";
        }
        if (run.foot().isEmpty()) {
            return "not ended: it goes on, or was killed";
        }
        return run.isWhole() ? "whole" : "ended with a failure";
    }

    private static String digest(SinkDigest sink) {
        return switch (sink.repeats()) {
            case IN_ORDER -> sink.digest().inOrder();
            case IN_ANY_ORDER -> sink.digest().inAnyOrder() + " (in any order)";
            case NOT -> "none: what was dropped before it depends on time";
        };
    }

    private static String json(JournalRun run) {
        JsonText json = new JsonText().beginObject().name("run").string(LetterId.text(run.id()));
        json.name("pipeline").string(run.head().pipeline());
        json.name("begun").string(run.begun().toString());
        json.name("plan").string(run.plan());
        json.name("whole").bool(run.isWhole());
        json.name("events").number(run.size().events());
        json.name("slots").number(run.size().slots());
        json.name("bytes").number(run.size().bytes());
        json.name("sinks").beginArray();
        run.foot().ifPresent(foot -> foot.sinks().forEach(sink -> json.beginObject()
                .name("name")
                .string(sink.sink())
                .name("events")
                .number(sink.digest().events())
                .name("repeats")
                .string(sink.repeats().name().toLowerCase(Locale.ROOT))
                .name("in_order")
                .string(sink.digest().inOrder())
                .name("in_any_order")
                .string(sink.digest().inAnyOrder())
                .endObject()));
        json.endArray().name("damage").beginArray();
        run.damage().forEach(json::string);
        return json.endArray().endObject().toString();
    }
}
