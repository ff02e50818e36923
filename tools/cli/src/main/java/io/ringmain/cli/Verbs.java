package io.ringmain.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The verbs. Only the classes of the verb that is used are loaded: that is most of the time to start. */
final class Verbs {

    /** All verbs, in the order in which help shows them. */
    static final List<String> NAMES = List.of(
            "run",
            "query",
            "check",
            "explain",
            "test",
            "list",
            "describe",
            "schema",
            "stat",
            "dlq",
            "journal",
            "replay",
            "images",
            "counters",
            "pack",
            "unpack",
            "demo",
            "version");

    private Verbs() {}

    /** Makes the command behind {@code verb}, one of {@link #NAMES}. */
    static Object command(String verb, Shell shell) {
        return switch (verb) {
            case "run" -> new RunCommand(shell);
            case "query" -> new QueryCommand(shell);
            case "check" -> new CheckCommand(shell.screen());
            case "explain" -> new ExplainCommand(shell.screen());
            case "test" -> new TestCommand(shell.screen());
            case "list" -> new ListCommand(shell.screen());
            case "describe" -> new DescribeCommand(shell.screen());
            case "schema" -> new SchemaCommand(shell.screen());
            case "stat" -> new StatCommand(shell.screen(), shell.signals(), shell.runs());
            case "dlq" -> new DlqCommand();
            case "journal" -> new JournalCommand();
            case "replay" -> new ReplayCommand(shell);
            case "images" -> new ImagesCommand(shell);
            case "counters" -> new CountersCommand();
            case "pack" -> new PackCommand(shell);
            case "unpack" -> new UnpackCommand(shell);
            case "demo" -> new DemoCommand(shell.screen(), shell.signals(), shell.runs());
            case "version" -> new VersionCommand(shell.screen());
            default -> throw new IllegalArgumentException(verb + " (expected: one of " + NAMES + ')');
        };
    }

    /** The verbs of {@code journal}, in the order in which help shows them. */
    static Map<String, Object> ofJournals(Shell shell) {
        Map<String, Object> verbs = new LinkedHashMap<>();
        verbs.put("info", new JournalInfo(shell.screen(), false));
        verbs.put("dump", new JournalDump(shell.screen()));
        verbs.put("verify", new JournalInfo(shell.screen(), true));
        return verbs;
    }

    /** The verb of {@code counters}. */
    static Map<String, Object> ofCounters(Shell shell) {
        return Map.of("serve", new CountersServe(shell));
    }

    /** The verbs of {@code dlq}, in the order in which help shows them. */
    static Map<String, Object> ofLetters(Shell shell) {
        // tidy: letters are chosen by the time of day, for people.
        LongSupplier epochNs = () -> System.currentTimeMillis() * 1_000_000;
        Map<String, Object> verbs = new LinkedHashMap<>();
        verbs.put("list", new DlqList(shell.screen(), epochNs));
        verbs.put("show", new DlqShow(shell.screen()));
        verbs.put("retry", new DlqRetry(shell, epochNs));
        verbs.put("edit", new DlqEdit(shell));
        verbs.put("purge", new DlqPurge(shell, epochNs));
        verbs.put("export", new DlqExport(shell.screen(), epochNs));
        verbs.put("import", new DlqImport(shell));
        verbs.put("stats", new DlqStats(shell.screen(), epochNs));
        verbs.put("verify", new DlqVerify(shell.screen()));
        return verbs;
    }

    /** All verbs in words. */
    static String inWords() {
        int last = NAMES.size() - 1;
        return String.join(", ", NAMES.subList(0, last)) + " or " + NAMES.get(last);
    }
}
