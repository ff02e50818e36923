package io.ringmain.logs.plan;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in plain words why a text is not YAML. What is not in the list is said in the parser's own words. */
final class YamlSyntax {

    private static final Pattern COLON = Pattern.compile("expected ':'|mapping values are not allowed");

    private static final String QUOTE = "put single quotes around the whole value, and double a ' inside it";

    private static final List<Rule> RULES = List.of(
            Rule.at(
                    "TAB",
                    "a tab (expected: spaces); YAML is not indented by tabs",
                    "use two spaces for each step inwards"),
            Rule.at("cannot start any token", "a value cannot begin so without quotes", QUOTE),
            Rule.atStart("scanning an alias", "an asterisk begins an alias in YAML (expected: a value)", QUOTE),
            Rule.atStart("scanning an anchor", "an ampersand begins an anchor in YAML (expected: a value)", QUOTE),
            Rule.atStart("block scalar", "a value that begins with > or | must go on in the next line", QUOTE),
            Rule.atStart(
                    "quoted scalar.*end of stream",
                    "a quote that does not end (expected: its partner)",
                    "close the quote"),
            Rule.at(
                    "unknown escape",
                    "an unknown escape in double quotes (expected: such as \\n or \\\\)",
                    "use single quotes, in which \\ is itself"),
            Rule.atStart(
                    "flow sequence",
                    "a list that is not closed (expected: a comma or ])",
                    "close it with ], put a comma between the members, or quote what has one"),
            Rule.atStart(
                    "flow mapping",
                    "a mapping that is not closed (expected: a comma or })",
                    "close it with }, put a comma between the members, or quote what has one"),
            Rule.atStart(
                    "could not find expected ':'",
                    "a line without a colon (expected: name: value)",
                    "write name: value, or indent it below the value that it continues"),
            Rule.at("single document", "a second document (expected: one plan in a file)", "remove the line ---"),
            Rule.at(
                    "mapping values are not allowed",
                    "a colon where no name can stand (expected: one name: value in a line)",
                    "quote the value if the colon is part of it; otherwise look at the indent"),
            Rule.at(
                    "sequence entries are not allowed",
                    "a list cannot begin here (expected: a line of its own)",
                    "put the dash on the next line, indented"),
            Rule.at(
                    "block (mapping|collection).*found '(-|<block sequence start>)'",
                    "a dash that does not stand below the one before it (expected: the same indent)",
                    "give all dashes of a list the same indent"),
            Rule.at("found '<scalar>'|found '<alias>'", "text behind a value that has ended", QUOTE),
            Rule.at(
                    "found '[]}]'|node content",
                    "a bracket or comma that belongs to nothing",
                    "remove it, or put quotes around the value"),
            Rule.at(
                    "block collection",
                    "an indent that fits no list above it",
                    "begin each step with a dash, and its options two spaces further in"),
            Rule.at(
                    "block mapping",
                    "an indent that fits nothing above it",
                    "give names that belong together the same indent"));

    private final SourceText source;
    private final Problems problems;

    YamlSyntax(SourceText source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    void explain(YamlEngineException failure) {
        if (failure instanceof MarkedYamlEngineException marked) {
            explain(marked);
        } else if (failure instanceof ReaderException reader) {
            problems.add(
                    source.mark(reader.getPosition(), reader.getPosition() + 1),
                    "",
                    String.format("a character U+%04X (expected: text)", reader.getCodePoint()),
                    "remove it");
        } else {
            problems.add(null, source.file(), "not YAML: " + failure.getMessage(), "");
        }
    }

    private void explain(MarkedYamlEngineException failure) {
        String said = failure.getContext() + ": " + failure.getProblem();
        Rule rule = RULES.stream()
                .filter(candidate -> candidate.said.matcher(said).find())
                .findFirst()
                .orElse(new Rule(Pattern.compile(""), false, "not YAML: " + failure.getProblem(), ""));
        Optional<Mark> place = rule.atStart && failure.getContextMark().isPresent()
                ? failure.getContextMark()
                : failure.getProblemMark();
        int index = place.map(Mark::getIndex).orElse(0);
        Optional<io.ringmain.logs.plan.Mark> glued =
                COLON.matcher(said).find() ? source.withoutSpace(index) : Optional.empty();
        if (glued.isPresent()) {
            problems.add(glued.get(), "", "a name and its value in one word (expected: name: value)", Problems.SPACE);
        } else {
            problems.add(source.mark(index, index + 1), "", rule.message, rule.hint);
        }
    }

    private record Rule(Pattern said, boolean atStart, String message, String hint) {

        static Rule at(String said, String message, String hint) {
            return new Rule(Pattern.compile(said), false, message, hint);
        }

        /** Points at where the thing began that went wrong later. */
        static Rule atStart(String said, String message, String hint) {
            return new Rule(Pattern.compile(said), true, message, hint);
        }
    }
}
