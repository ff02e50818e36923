package io.ringmain.images;

import io.ringmain.images.Outcome.Size;
import io.ringmain.images.Outcome.Status;
import io.ringmain.images.picture.Format;
import io.ringmain.images.picture.Operation;
import io.ringmain.images.picture.Operation.Extent;
import io.ringmain.images.picture.Picture;
import io.ringmain.images.picture.PictureException;
import io.ringmain.images.picture.PictureReader;
import io.ringmain.spi.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Does what a task says: reads the picture, changes it, writes it. Each worker of the pool has one; the memory and the files are shared. */
final class ImageStage implements Stage<ImageSlot> {

    private final MemoryBudget memory;
    private final Outputs outputs;
    private final boolean anew;
    private final long limitNs;

    ImageStage(MemoryBudget memory, Outputs outputs, boolean anew, long limitNs) {
        this.memory = memory;
        this.outputs = outputs;
        this.anew = anew;
        this.limitNs = limitNs;
    }

    @Override
    public boolean process(ImageSlot slot) throws IOException {
        long startNs = System.nanoTime();
        try {
            if (!anew && isUpToDate(slot.task)) {
                slot.status = Status.SKIPPED;
            } else {
                work(slot, startNs);
                slot.status = Status.DONE;
            }
        } finally {
            slot.duration = Duration.ofNanos(System.nanoTime() - startNs);
        }
        return true;
    }

    private static boolean isUpToDate(ImageTask task) {
        try {
            return Files.getLastModifiedTime(task.out()).compareTo(Files.getLastModifiedTime(task.in())) >= 0
                    && Format.isNoted(task.out(), note(task, Files.size(task.in())));
        } catch (IOException notThere) {
            return false;
        }
    }

    private void work(ImageSlot slot, long startNs) throws IOException {
        ImageTask task = slot.task;
        try (PictureReader reader = PictureReader.of(task.in(), task.limits())) {
            Extent size = reader.extent();
            slot.sizeIn = new Size(size.width(), size.height(), Files.size(task.in()));
            for (Operation operation : task.operations()) {
                size = operation.extent(size);
            }
            if (size.pixelsMost() > task.limits().pixelsMax()) {
                throw new PictureException(
                        "too_many_pixels",
                        String.format(
                                Locale.ROOT,
                                "needs %,d pixels on the way (expected: at most %,d)",
                                size.pixelsMost(),
                                task.limits().pixelsMax()));
            }
            int taken = memory.take(size.pixelsMost(), reader.bytesPerPixel());
            try {
                make(slot, reader, startNs);
            } finally {
                memory.giveBack(taken);
            }
        } catch (OutOfMemoryError tooLarge) {
            // A decoder asked for more than the header had claimed. What it had is free again.
            throw new PictureException(
                    "out_of_memory",
                    "needs more memory than there is (expected: less damage, or a larger heap)",
                    tooLarge);
        }
    }

    private void make(ImageSlot slot, PictureReader reader, long startNs) throws IOException {
        ImageTask task = slot.task;
        // Waiting for memory is no work.
        List<Long> marksNs = new ArrayList<>(List.of(System.nanoTime()));
        Picture picture = reader.read();
        marksNs.add(System.nanoTime());
        for (Operation operation : task.operations()) {
            picture = operation.apply(picture);
            marksNs.add(System.nanoTime());
        }
        Picture made = picture;
        long bytes = outputs.write(task.out(), out -> {
            format(task.out()).write(made, note(task, slot.sizeIn.bytes()), out);
            marksNs.add(System.nanoTime());
            if (System.nanoTime() - startNs > limitNs) {
                // It was given up, and has been told as failed: nothing may appear any more.
                throw new PictureException("time_limit", "took too long");
            }
        });
        marksNs.add(System.nanoTime());
        slot.sizeOut = new Size(made.width(), made.height(), bytes);
        slot.spentNs = IntStream.range(1, marksNs.size())
                .mapToObj(i -> marksNs.get(i) - marksNs.get(i - 1))
                .toList();
    }

    /**
     * Results say what was done to what: so a run with other operations does not take them for its own, and two pictures that differ in their endings, of which
     * now the one has the name and now the other, do not take each other's.
     */
    private static String note(ImageTask task, long bytes) {
        return "ringmain images: " + Operation.text(task.operations()) + " of " + bytes + " bytes "
                + Format.ending(String.valueOf(task.in().getFileName()));
    }

    private static Format format(Path file) {
        return Format.PNG.isNamed(String.valueOf(file.getFileName())) ? Format.PNG : Format.JPG;
    }
}
