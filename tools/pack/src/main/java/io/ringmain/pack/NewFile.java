package io.ringmain.pack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A file that has its name only when it is whole: it is written beside its place under another name.
 *
 * <p>Thread: one; {@link #channel} may be closed from any. Closing it without {@link #commit} leaves nothing.
 */
public final class NewFile implements AutoCloseable {

    private final Path place;
    private final Path temporary;
    private final boolean replaces;
    private final FileChannel channel;
    private boolean isCommitted;

    private NewFile(Path place, Path temporary, boolean replaces) throws IOException {
        this.place = place;
        this.temporary = temporary;
        this.replaces = replaces;
        channel = FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    /**
     * Begins a file.
     *
     * @param place where it will be; a link is followed
     * @param replaces whether what is there then may be replaced
     */
    public static NewFile at(Path place, boolean replaces) throws IOException {
        Path real = Files.exists(place) ? place.toRealPath() : place.toAbsolutePath();
        String name = "." + real.getFileName() + '.' + ProcessHandle.current().pid() + ".partial";
        Path temporary = real.resolveSibling(name);
        // One of a process of that number that was killed.
        Files.deleteIfExists(temporary);
        return new NewFile(real, temporary, replaces);
    }

    /** Takes what is written. */
    public FileChannel channel() {
        return channel;
    }

    /** Where it is until it is whole. */
    public Path temporary() {
        return temporary;
    }

    /** Lets those and no others read and write it who may read and write {@code like}. */
    public void permitAs(Path like) throws IOException {
        if (Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(like);
            Files.setPosixFilePermissions(temporary, permissions);
        }
    }

    /** Makes durable what was written. */
    public void force() throws IOException {
        if (channel.isOpen()) {
            channel.force(true);
        } else {
            // An encryption closes what it writes to.
            try (FileChannel again = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                again.force(true);
            }
        }
    }

    /**
     * Gives it its name, all at once, and makes that durable.
     *
     * @throws FileAlreadyExistsException if something has that name and is not to be replaced
     */
    public void commit() throws IOException {
        channel.close();
        if (replaces) {
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
        } else {
            name();
        }
        isCommitted = true;
        try (FileChannel directory = FileChannel.open(place.resolveSibling("."), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** A second name fails where a move would replace what came there meanwhile. */
    private void name() throws IOException {
        try {
            Files.createLink(place, temporary);
            Files.delete(temporary);
        } catch (UnsupportedOperationException | IOException noLinks) {
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(place.toString());
            }
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!isCommitted) {
            Files.deleteIfExists(temporary);
        }
    }
}
