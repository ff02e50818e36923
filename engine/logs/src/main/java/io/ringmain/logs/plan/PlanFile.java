package io.ringmain.logs.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads plans from YAML. Nothing is thrown: what is wrong, be it with the file, its YAML or the plan, is a {@link Diagnostic}. Thread: any. */
public final class PlanFile {

    /** Plans are written by people; what is longer is something else. */
    private static final long BYTES_MAX = 1 << 20;

    private PlanFile() {}

    /** The words of a plan that are no names of kinds: its sections, and what may stand beside a step. */
    public static List<String> words() {
        return Stream.concat(PlanReader.SECTIONS.stream(), SpreadReader.WORDS.stream())
                .toList();
    }

    /**
     * Reads a plan from a file in UTF-8.
     *
     * @param overrides values to be set before the plan is checked, by path: {@code sources.web.path}, {@code steps[0].parse},
     *     {@code steps.filter.condition}; a value that begins with <code>{</code> or {@code [} is YAML, any other is a text
     */
    public static Reading read(Path path, Map<String, String> overrides) {
        Problems problems = new Problems();
        String text = text(path, problems).orElse(null);
        return text == null ? new Reading(Optional.empty(), problems.sorted()) : read(text, path.toString(), overrides);
    }

    /** Reads a plan from {@code text}, which messages call {@code fileName}; as {@link #read(Path, Map)}. */
    public static Reading read(String text, String fileName, Map<String, String> overrides) {
        Problems problems = new Problems();
        Optional<Plan> plan = YamlText.read(text, fileName, problems)
                .map(root -> Overrides.apply(root, overrides, problems))
                .flatMap(root -> new PlanReader(problems).read(root, stem(fileName)));
        return new Reading(plan, problems.sorted());
    }

    private static Optional<String> text(Path path, Problems problems) {
        String name = path.toString();
        try {
            if (Files.isDirectory(path)) {
                problems.add(null, name, "a directory (expected: a file)", "give the plan in it");
            } else if (Files.size(path) > BYTES_MAX) {
                String message = Files.size(path) + " bytes (expected: a plan, at most " + BYTES_MAX + ')';
                problems.add(null, name, message, "is it the log?");
            } else {
                byte[] bytes = Files.readAllBytes(path);
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            }
        } catch (NoSuchFileException missing) {
            problems.add(
                    null,
                    name,
                    "no such file (expected: a plan)",
                    "check the path; it starts at the current directory");
        } catch (CharacterCodingException wrong) {
            problems.add(null, name, "not UTF-8 (expected: a plan in UTF-8)", "save it as UTF-8");
        } catch (IOException failure) {
            problems.add(null, name, "cannot be read: " + failure.getMessage(), "check its permissions");
        }
        return Optional.empty();
    }

    private static String stem(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        return dot > 0 ? last.substring(0, dot) : last;
    }
}
