package io.ringmain.logs.file;

import java.util.List;

/**
 * What there was to read when files were found: the files that were there before and those that were found, in the order in which they are
 * read. A file that was found waits until all before it have been read as far as they went then, so that the files of one log that was
 * rotated while nobody looked come one after the other; what is added to them later holds nobody up.
 *
 * <p>Thread: the intake thread.
 */
final class Backlog {

    private final List<FollowedFile> files;
    private final long[] sizes;
    // So many of them have been read.
    private int read;

    /** Takes {@code files} as they are now, the ones found last in the end. */
    Backlog(List<FollowedFile> files) {
        this.files = List.copyOf(files);
        sizes = files.stream().mapToLong(FollowedFile::sizeBytes).toArray();
    }

    /** Whether all before the file at {@code index} have been read. */
    boolean isReadBefore(int index) {
        while (read < index && files.get(read).isReadTo(sizes[read])) {
            read++;
        }
        return read >= index;
    }
}
