package io.ringmain.cli;

import java.util.List;

/** The verbs. Only the classes of the verb that is used are loaded: that is most of the time to start. */
final class Verbs {

    /** All verbs, in the order in which help shows them. */
    static final List<String> NAMES = List.of(
            "run", "query", "check", "explain", "test", "list", "describe", "schema", "stat", "demo", "version");

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
            case "demo" -> new DemoCommand(shell.screen(), shell.signals(), shell.runs());
            case "version" -> new VersionCommand(shell.screen());
            default -> throw new IllegalArgumentException(verb + " (expected: one of " + NAMES + ')');
        };
    }

    /** All verbs in words. */
    static String inWords() {
        int last = NAMES.size() - 1;
        return String.join(", ", NAMES.subList(0, last)) + " or " + NAMES.get(last);
    }
}
