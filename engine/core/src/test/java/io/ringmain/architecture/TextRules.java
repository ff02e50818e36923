package io.ringmain.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules that any text file keeps, line by line. (The patterns are written so that they do not match themselves.) */
final class TextRules {

    private static final List<Rule> RULES = List.of(
            new Rule("\\b(TO[D]O|FIX[M]E)\\b", "an issue, or do it now", path -> true),
            new Rule("(?<![\\w.}-])/(wo[r]k|ro[o]t|ho[m]e)/", "a path relative to the project", path -> true),
            new Rule(
                    "\\.\\./sha[r]ed",
                    "-Dringmain.data (only .ci/run knows the place)",
                    path -> !path.equals(".ci/run")),
            new Rule("@aut[h]or", "nothing, git knows", path -> path.endsWith(".java")));

    private TextRules() {}

    static List<Finding> check(String path, String text) {
        List<Finding> findings = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            for (Rule rule : RULES) {
                Matcher match = rule.pattern.matcher(lines.get(index));
                if (rule.where.test(path) && match.find()) {
                    findings.add(new Finding(path, index + 1, match.group(), rule.use));
                }
            }
        }
        return findings;
    }

    private record Rule(Pattern pattern, String use, Predicate<String> where) {
        Rule(String regex, String use, Predicate<String> where) {
            this(Pattern.compile(regex), use, where);
        }
    }
}
