package io.ringmain.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A parsed Java file and its place in the tree; paths are relative to the root, with slashes. */
record JavaFile(String path, List<String> lines, CompilationUnitTree unit, Trees trees) {

    /** Parses files given as path and text; syntax errors are the compiler's business. */
    static List<JavaFile> parse(Map<String, String> textByPath) {
        if (textByPath.isEmpty()) {
            return List.of();
        }
        List<Text> texts = new ArrayList<>();
        textByPath.forEach((path, text) -> texts.add(new Text(path, text)));
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, new DiagnosticCollector<JavaFileObject>(), List.of("-proc:none"), null, texts);
        Trees trees = Trees.instance(task);
        List<JavaFile> files = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                String path = unit.getSourceFile().toUri().getPath().substring(1);
                files.add(new JavaFile(path, textByPath.get(path).lines().toList(), unit, trees));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return files;
    }

    boolean isMain() {
        return path.contains("/src/main/");
    }

    boolean isEngineMain() {
        return isMain() && path.startsWith("engine/");
    }

    boolean isPackageInfo() {
        return path.endsWith("/package-info.java");
    }

    /** In a package that embedders may use. */
    boolean isExported() {
        return isEngineMain() && !path.contains("/internal/");
    }

    /** In the one room that may wait, read clocks and own threads. */
    boolean isRun() {
        return isEngineMain() && path.contains("/io/ringmain/internal/run/");
    }

    long line(Tree tree) {
        return lineAt(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    long lastLine(Tree tree) {
        return lineAt(trees.getSourcePositions().getEndPosition(unit, tree));
    }

    boolean hasComment(TreePath place) {
        @Nullable String comment = trees.getDocComment(place);
        return comment != null && !comment.isBlank();
    }

    Finding finding(Tree tree, String banned, String use) {
        return new Finding(path, line(tree), banned, use);
    }

    /** A finding is waived by {@code // tidy: REASON} on its line or the line above. */
    boolean waives(Finding finding) {
        int index = (int) finding.line() - 1;
        return waiver(index) || waiver(index - 1);
    }

    private boolean waiver(int index) {
        return index >= 0 && index < lines.size() && lines.get(index).matches(".*// tidy: \\w.*");
    }

    private long lineAt(long position) {
        return position < 0 ? 1 : unit.getLineMap().getLineNumber(position);
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String content;

        Text(String path, String content) {
            super(URI.create("tree:/" + path), Kind.SOURCE);
            this.content = content;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}
