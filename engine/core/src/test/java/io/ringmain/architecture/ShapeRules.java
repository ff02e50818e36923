package io.ringmain.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Sizes of files, methods and parameter lists; names of classes and of times. */
final class ShapeRules extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 60;
    private static final int PARAMETERS_MAX = 5;
    private static final Pattern ROLELESS = Pattern.compile("\\w*(Impl|Manager|Helper|Utils?)");
    private static final Pattern UNITLESS = Pattern.compile("\\w*(timeout|deadline|interval|delay|latency)");

    private final JavaFile file;
    private final List<Finding> findings = new ArrayList<>();

    private ShapeRules(JavaFile file) {
        this.file = file;
    }

    static List<Finding> check(JavaFile file) {
        ShapeRules rules = new ShapeRules(file);
        int lines = file.lines().size();
        if (lines > FILE_LINES_MAX) {
            rules.findings.add(
                    new Finding(file.path(), 1, "a file of " + lines + " lines", "at most " + FILE_LINES_MAX));
        }
        rules.scan(file.unit(), null);
        return rules.findings;
    }

    @Override
    public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
        String name = node.getSimpleName().toString();
        if (ROLELESS.matcher(name).matches()) {
            report(node, name, "a name that says the role");
        }
        return super.visitClass(node, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree node, @Nullable Void unused) {
        long lines = file.lastLine(node) - file.line(node) + 1;
        if (lines > METHOD_LINES_MAX) {
            report(node, node.getName() + " of " + lines + " lines", "at most " + METHOD_LINES_MAX);
        }
        int parameters = node.getParameters().size();
        if (parameters > PARAMETERS_MAX && !isGivenByOthers(node)) {
            report(
                    node,
                    node.getName() + " with " + parameters + " parameters",
                    "at most " + PARAMETERS_MAX + ", or a record");
        }
        return super.visitMethod(node, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree node, @Nullable Void unused) {
        String name = node.getName().toString();
        if (isMember()
                && isNumber(node.getType())
                && UNITLESS.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            boolean constant = name.equals(name.toUpperCase(Locale.ROOT));
            report(node, name, "its unit: " + name + (constant ? "_NS" : "Ns"));
        }
        return super.visitVariable(node, null);
    }

    private boolean isMember() {
        Tree parent = getCurrentPath().getParentPath().getLeaf();
        return parent instanceof ClassTree || parent instanceof MethodTree;
    }

    private static boolean isNumber(@Nullable Tree type) {
        return type instanceof PrimitiveTypeTree primitive && primitive.getPrimitiveTypeKind() != TypeKind.BOOLEAN;
    }

    /** The list of an override, or the header of a record. */
    private boolean isGivenByOthers(MethodTree node) {
        boolean override = node.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
        boolean header = node.getReturnType() == null
                && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        return override || header;
    }

    private void report(Tree node, String banned, String use) {
        findings.add(file.finding(node, banned, use));
    }
}
