package io.ringmain.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What code may not name in some places: clocks, sleeps, standard streams, mocks, skipped tests. */
final class CallRules extends TreeScanner<@Nullable Void, @Nullable Void> {

    private static final List<Ban> NAMES = List.of(
            new Ban(
                    "(System\\.currentTimeMillis|(Instant|Year|Local(Date|Time|DateTime)|(Zoned|Offset)DateTime)\\.now"
                            + "|Clock\\.(system|tick)\\w*|new Date)",
                    "the time that run hands out (in tests ManualClock)",
                    file -> !file.isRun()),
            new Ban(
                    "System\\.nanoTime",
                    "the nowNs that work() is given",
                    file -> file.isEngineMain() && !file.isRun()),
            new Ban(
                    "((Thread|TimeUnit|NANOSECONDS|MICROSECONDS|MILLISECONDS|SECONDS)\\.sleep|LockSupport\\.park\\w*)",
                    "a condition with a deadline, or ManualClock",
                    file -> (file.isEngineMain() && !file.isRun()) || !file.isMain()),
            new Ban("System\\.(out|err)", "System.Logger", file -> file.path().startsWith("engine/")),
            new Ban("@(Disabled|Ignore)\\w*", "@Tag to select the test, or delete it", file -> true));

    private static final List<Ban> IMPORTS = List.of(
            new Ban("(org\\.(mockito|easymock|powermock|jmock)|io\\.mockk|mockit)\\..*", "a fake", file -> true),
            new Ban(
                    "io\\.ringmain\\.internal\\..*",
                    "what core exports",
                    file -> !file.path().startsWith("engine/core/")
                            && !file.path().startsWith("perf/")));

    private final JavaFile file;
    private final List<Finding> findings = new ArrayList<>();

    private CallRules(JavaFile file) {
        this.file = file;
    }

    static List<Finding> check(JavaFile file) {
        CallRules rules = new CallRules(file);
        rules.scan(file.unit(), null);
        return rules.findings;
    }

    @Override
    public @Nullable Void visitImport(ImportTree node, @Nullable Void unused) {
        String name = node.getQualifiedIdentifier().toString();
        report(node, name, IMPORTS);
        if (node.isStatic()) {
            report(node, lastTwo(name), NAMES);
        }
        return null;
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree node, @Nullable Void unused) {
        report(node, lastTwo(withoutUnit(node.toString())), NAMES);
        return super.visitMemberSelect(node, null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree node, @Nullable Void unused) {
        report(node, lastTwo(node.getQualifierExpression() + "." + node.getName()), NAMES);
        return super.visitMemberReference(node, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree node, @Nullable Void unused) {
        if (node.getArguments().isEmpty()) {
            report(node, "new " + node.getIdentifier(), NAMES);
        }
        return super.visitNewClass(node, null);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree node, @Nullable Void unused) {
        String name = node.getAnnotationType().toString();
        report(node, "@" + name.substring(name.lastIndexOf('.') + 1), NAMES);
        return super.visitAnnotation(node, null);
    }

    private void report(Tree node, String name, List<Ban> bans) {
        for (Ban ban : bans) {
            if (ban.name.matcher(name).matches() && ban.where.test(file)) {
                findings.add(file.finding(node, name, ban.use));
            }
        }
    }

    /** {@code java.lang.Thread.sleep} as {@code Thread.sleep}. */
    private static String lastTwo(String name) {
        int last = name.lastIndexOf('.');
        int before = name.lastIndexOf('.', last - 1);
        return name.substring(before + 1);
    }

    /** {@code TimeUnit.SECONDS.sleep} as {@code TimeUnit.sleep}. */
    private static String withoutUnit(String name) {
        return name.replaceFirst("TimeUnit\\.\\w+\\.", "TimeUnit.");
    }

    private record Ban(Pattern name, String use, Predicate<JavaFile> where) {
        Ban(String name, String use, Predicate<JavaFile> where) {
            this(Pattern.compile(name), use, where);
        }
    }
}
