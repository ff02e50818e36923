package io.ringmain.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.images.picture.Format;
import io.ringmain.images.picture.Limits;
import io.ringmain.spi.Source.Status;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {

    @TempDir
    private Path directory;

    private Path in;

    @BeforeEach
    void begin() throws IOException {
        directory = directory.toRealPath();
        in = directory.resolve("in");
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = in.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[] {1});
        }
    }

    /** What goes where, as {@code "a.gif => a.png"}. */
    private List<String> found(Path from, Path out, @Nullable Format format) throws IOException {
        PictureFiles files = PictureFiles.in(from, out, format, List.of(), Limits.DEFAULT);
        List<ImageSlot> slots = new ArrayList<>();
        Status status = Status.READY;
        while (status != Status.END) {
            status = files.fill(
                    position -> {
                        slots.add(new ImageSlot());
                        return slots.get(slots.size() - 1);
                    },
                    2);
        }
        assertThat(slots).hasSize(files.count());
        return slots.stream()
                .map(slot -> in.relativize(slot.task.in()) + " => "
                        + out.toAbsolutePath().normalize().relativize(slot.task.out()))
                .toList();
    }

    @Test
    void picturesComeByNameAndKeepTheirDirectories() throws IOException {
        files("b.JPG", "a/deep/c.gif", "a/d.webp", "notes.txt", ".hidden.png", ".git/x.png", "e.tiff");

        assertThat(found(in, directory.resolve("out"), null))
                .containsExactly(
                        "a/d.webp => a/d.png", "a/deep/c.gif => a/deep/c.png", "b.JPG => b.JPG", "e.tiff => e.png");
        assertThat(PictureFiles.in(in, in, null, List.of(), Limits.DEFAULT).others())
                .isZero();
    }

    @Test
    void resultsInsideOfTheInputAreNoInput() throws IOException {
        files("a.png", "small/a.png");

        assertThat(found(in, in.resolve("small"), null)).containsExactly("a.png => a.png");
    }

    @Test
    void picturesThatDifferInTheirEndingsStayApart() throws IOException {
        files("a.bmp", "a.gif", "a.png", "a.jpg", "a.jpeg");

        assertThat(found(in, directory.resolve("out"), Format.PNG))
                .containsExactly(
                        "a.bmp => a.bmp.png",
                        "a.gif => a.gif.png",
                        "a.jpeg => a.jpeg.png",
                        "a.jpg => a.jpg.png",
                        "a.png => a.png");
        assertThat(found(in, directory.resolve("out"), null)).doesNotHaveDuplicates();
    }

    @Test
    void theFirstOfTwoTakesTheNameThatNobodyHas() throws IOException {
        files("a.bmp", "a.gif");

        assertThat(found(in, directory.resolve("out"), null)).containsExactly("a.bmp => a.png", "a.gif => a.gif.png");
    }

    @Test
    void onePictureIsEnoughWhateverItIsCalled() throws IOException {
        files("a.png", "b.png", "scan", "upload.part");

        assertThat(found(in.resolve("b.png"), directory.resolve("out"), Format.JPG))
                .containsExactly("b.png => b.jpg");
        assertThat(found(in.resolve("scan"), directory.resolve("out"), null)).containsExactly("scan => scan.png");
        assertThat(found(in.resolve("upload.part"), directory.resolve("out"), null))
                .containsExactly("upload.part => upload.png");
    }

    @Test
    void whatIsCalledAsAPictureButIsNoneIsTriedAndSoTold() throws IOException {
        files("a.png", "b.png/c.gif");
        Files.createSymbolicLink(in.resolve("d.png"), in.resolve("nowhere"));

        assertThat(found(in, directory.resolve("out"), null))
                .containsExactly("a.png => a.png", "b.png/c.gif => b.png/c.png", "d.png => d.png");
    }

    @Test
    void whatCannotBeLookedAtIsToldAndHoldsNothingUp() {
        // Tests may be run by root, who can look at everything.
        var walk = new PictureFiles.Walk(in, directory.resolve("out"));

        FileVisitResult next = walk.visitFileFailed(in.resolve("locked"), new AccessDeniedException("locked"));

        assertThat(next).isEqualTo(FileVisitResult.CONTINUE);
        assertThat(walk.unread).containsExactly(in.resolve("locked") + ": permission denied");
    }
}
