package io.ringmain.journal.internal.queue;

import io.ringmain.journal.internal.queue.CycleCursor.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Walks files and says what is wrong in them; copies what is whole.
 *
 * <p>In a copy, damage is covered by a word that says that so many bytes are the queue's own, so that readers pass over it; what is whole keeps its place and
 * its number.
 */
public final class Salvage {

    private Salvage() {}

    /**
     * Something that is wrong.
     *
     * @param file where
     * @param position from where on in the file
     * @param end where something whole begins again; -1 if nothing does
     * @param what what was found there
     */
    public record Damage(Path file, long position, long end, String what) {}

    /** Walks through {@code file}: {@code whole} gets the cursor at each whole excerpt, {@code damaged} what lies between. */
    public static void walk(CycleFile file, Consumer<CycleCursor> whole, Consumer<Damage> damaged) throws IOException {
        try (var cursor = new CycleCursor(file)) {
            Found found = cursor.next();
            while (found != Found.END) {
                if (found == Found.EXCERPT) {
                    whole.accept(cursor);
                } else {
                    boolean isRemaining = found == Found.DAMAGE || cursor.hasRemains();
                    String what = found == Found.DAMAGE ? cursor.damage() : "an excerpt that was begun and not ended";
                    long position = cursor.position();
                    boolean goesOn = cursor.findBehind();
                    if (goesOn || isRemaining) {
                        String hole = "nothing, with something behind it";
                        damaged.accept(new Damage(
                                file.path(), position, goesOn ? cursor.position() : -1, isRemaining ? what : hole));
                    }
                    if (!goesOn) {
                        return;
                    }
                }
                found = cursor.next();
            }
        }
    }

    /** Copies {@code file} to {@code directory} and covers {@code damages}, which are all that there are. */
    public static void copy(CycleFile file, Path directory, Iterable<Damage> damages) throws IOException {
        boolean isDamaged = damages.iterator().hasNext();
        CycleFile named = CycleFile.of(directory, file.cycle());
        Path to = (isDamaged || file.isAside() ? named.aside() : named).path();
        Files.copy(file.path(), to);
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            for (Damage damage : damages) {
                int word = damage.end() < 0
                        ? CycleCursor.FINISHED
                        : CycleCursor.INTERNAL | (int) (damage.end() - damage.position() - Excerpt.WORD_BYTES);
                ByteBuffer bytes = ByteBuffer.allocate(Excerpt.WORD_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(word)
                        .flip();
                channel.write(bytes, damage.position());
            }
            channel.force(true);
        }
    }
}
