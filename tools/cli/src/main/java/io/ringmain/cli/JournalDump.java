package io.ringmain.cli;

import io.ringmain.journal.ChronicleJournalReader;
import io.ringmain.journal.JournalRun;
import io.ringmain.logs.JsonText;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.JournalBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a run was given, slot by slot. */
@Command(
        name = "dump",
        description = {
            "Show what a run was given, a line per slot: its number, its time since the begin, what it is.",
            ""
        },
        footer = {"", "Exit codes: 0 shown, 1 something is damaged, 2 wrong usage."})
final class JournalDump implements Callable<Integer> {

    private static final List<String> KINDS =
            List.of("event", "watermark", "barrier", "tick", "end", "padding", "repartition");

    private final Screen screen;
    private final List<String> names = new ArrayList<>();
    private final LogEvent event = new LogEvent();

    @Mixin
    private JournalOptionsOfRun options = new JournalOptionsOfRun();

    @Option(
            names = "--from",
            paramLabel = "N",
            defaultValue = "0",
            description = "The first slot (default: ${DEFAULT-VALUE}).")
    private long from;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Show at most so many (default: ${DEFAULT-VALUE}).")
    private long limit = 100;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json: an object per slot, each in a line (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    JournalDump(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        JournalRun run = options.run();
        JournalBlock block = new JournalBlock();
        long left = limit;
        try (ChronicleJournalReader reader = ChronicleJournalReader.openPastDamage(options.directory(), run)) {
            while (left > 0 && !screen.isReaderGone() && reader.next(block)) {
                while (left > 0 && block.next()) {
                    if (block.kind() == JournalBlock.NAME) {
                        name(block);
                    } else if (block.sequence() >= from) {
                        show(block, run);
                        left--;
                    }
                }
            }
        }
        run.damage().forEach(damage -> screen.err().println("ringmain journal: damaged: " + Screen.plain(damage)));
        screen.err().flush();
        return run.damage().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void name(JournalBlock block) {
        while (names.size() <= block.source()) {
            names.add("?");
        }
        names.set(block.source(), block.name());
    }

    private void show(JournalBlock block, JournalRun run) throws IOException {
        long sinceNs = block.ingressNs() - run.head().clockNs();
        boolean isEvent = block.kind() == JournalBlock.DATA;
        String source = isEvent && block.source() < names.size() ? names.get(block.source()) : "";
        String line = "";
        if (isEvent) {
            event.clear();
            block.read(LogEvent.TYPE, run.head().format(), event);
            line = event.line();
        }
        if (format == Format.JSON) {
            JsonText json = new JsonText().beginObject().name("slot").number(block.sequence());
            json.name("since_ns").number(sinceNs).name("kind").string(KINDS.get(block.kind()));
            if (isEvent) {
                json.name("source").string(source).name("position").number(block.position());
                json.name("line").string(line);
            } else {
                json.name("value").number(block.position());
            }
            screen.out().println(json.endObject());
            return;
        }
        String text = block.sequence() + "  " + Numbers.micros(sinceNs) + " us  " + KINDS.get(block.kind()) + "  "
                + (isEvent ? source + ':' + block.position() + "  " + Screen.plain(line) : block.position());
        int columns = screen.outColumns();
        screen.out().println(text.length() <= columns ? text : text.substring(0, columns - 3) + "...");
    }
}
