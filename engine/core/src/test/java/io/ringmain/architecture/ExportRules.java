package io.ringmain.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** What embedders see: every public type and method says what it is, and accessors are named after what they return. */
final class ExportRules {

    private static final Pattern GETTER = Pattern.compile("get[A-Z]\\w*");

    private final JavaFile file;
    private final List<Finding> findings = new ArrayList<>();

    private ExportRules(JavaFile file) {
        this.file = file;
    }

    static List<Finding> check(JavaFile file) {
        ExportRules rules = new ExportRules(file);
        if (file.isExported()) {
            rules.members(new TreePath(file.unit()), file.unit().getTypeDecls(), false);
        }
        return rules.findings;
    }

    private void members(TreePath parent, List<? extends Tree> members, boolean inInterface) {
        for (Tree member : members) {
            TreePath place = new TreePath(parent, member);
            if (member instanceof ClassTree type && isPublic(type.getModifiers(), inInterface)) {
                type(place, type);
            } else if (member instanceof MethodTree method && isPublic(method.getModifiers(), inInterface)) {
                method(place, method);
            }
        }
    }

    private void type(TreePath place, ClassTree type) {
        requireComment(place, "type " + type.getSimpleName());
        boolean isInterface = type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
        members(place, type.getMembers(), isInterface);
    }

    private void method(TreePath place, MethodTree method) {
        boolean constructor = method.getReturnType() == null;
        if (constructor || isOverride(method)) {
            return;
        }
        String name = method.getName().toString();
        requireComment(place, "method " + name);
        if (GETTER.matcher(name).matches()) {
            String noun = Character.toLowerCase(name.charAt(3)) + name.substring(4);
            findings.add(file.finding(method, name, noun));
        }
    }

    private void requireComment(TreePath place, String what) {
        if (!file.hasComment(place)) {
            findings.add(file.finding(
                    place.getLeaf(), "public " + what + " without Javadoc", "a sentence that says what it is"));
        }
    }

    private static boolean isPublic(ModifiersTree modifiers, boolean inInterface) {
        return modifiers.getFlags().contains(Modifier.PUBLIC)
                || (inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE));
    }

    private static boolean isOverride(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
}
