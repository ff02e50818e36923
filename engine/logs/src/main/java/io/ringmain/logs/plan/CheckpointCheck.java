package io.ringmain.logs.plan;

import io.ringmain.config.WhenFailed;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the checkpoints that a plan asks for can keep what they promise. */
final class CheckpointCheck {

    private static final String LOST = "a killed run would lose letters whose lines a later run does not read again";

    private final Plan plan;
    private final Problems problems;

    CheckpointCheck(Plan plan, Problems problems) {
        this.plan = plan;
        this.problems = problems;
    }

    /** The directory of the checkpoints; empty if none are kept. */
    static Optional<Path> directory(Plan plan) {
        return plan.sources().stream()
                .filter(CheckpointCheck::keeps)
                .map(source -> Path.of(source.options().text(FileSourceKind.CHECKPOINT)))
                .findFirst();
    }

    private static boolean keeps(Part source) {
        return source.kind() instanceof FileSourceKind && source.options().has(FileSourceKind.CHECKPOINT);
    }

    void run() {
        Part first = plan.sources().stream()
                .filter(CheckpointCheck::keeps)
                .findFirst()
                .orElse(null);
        if (first == null) {
            return;
        }
        String directory = first.options().text(FileSourceKind.CHECKPOINT);
        for (Part source : plan.sources()) {
            check(source, first, directory);
        }
        if (plan.settings().letters() instanceof LetterSettings.OnDisk) {
            return;
        }
        if (plan.settings().whenFailed().buries()) {
            problems.add(
                    first.options().mark(FileSourceKind.CHECKPOINT),
                    path(first),
                    "beside dead letters, which are in memory only (expected: dead_letters.path, or when_failed: stop, skip or a retry that ends so)",
                    LOST);
        }
        plan.sinks().forEach(sink -> checkSink(sink, first));
    }

    private void checkSink(Part sink, Part first) {
        if (OwnDelivery.whenFailed(sink).filter(WhenFailed::buries).isPresent()) {
            problems.add(
                    sink.options().mark(SinkKind.WHEN_FAILED),
                    sink.options().path(SinkKind.WHEN_FAILED),
                    "dead letters, which are in memory only, beside " + path(first)
                            + " (expected: dead_letters.path, stop, skip or a retry that ends so)",
                    LOST);
        }
    }

    private void check(Part source, Part first, String directory) {
        if (!(source.kind() instanceof FileSourceKind)) {
            problems.add(
                    source.options().mark(),
                    source.options().path(),
                    "a " + source.kind().name() + " beside " + path(first) + " (expected: files only)",
                    "it cannot be read again from where a run stood; give it a pipeline of its own");
        } else if (!keeps(source)) {
            problems.add(
                    source.options().mark(),
                    source.options().path(),
                    "no checkpoint beside " + path(first) + " (expected: the same for all sources)",
                    "add checkpoint: " + directory
                            + "; else a later run would read it from the start, and count it twice");
        } else if (!source.options().text(FileSourceKind.CHECKPOINT).equals(directory)) {
            problems.add(
                    source.options().mark(FileSourceKind.CHECKPOINT),
                    path(source),
                    "another directory than " + path(first) + " (expected: the same for all sources)",
                    "write checkpoint: " + directory + "; one checkpoint is of the whole pipeline");
        }
    }

    private static String path(Part source) {
        return source.options().path() + '.' + FileSourceKind.CHECKPOINT.name();
    }
}
