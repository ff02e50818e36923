package io.ringmain.logs.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * One of the files that a source follows. It keeps its file open, so that it can be read to its end although somebody has deleted it, and
 * so that its inode is not given to another.
 *
 * <p>Thread: the intake thread.
 */
final class FollowedFile {

    /** How long the last line of a file that has a successor, or no name any more, may lack its end, until it is a line as it is. */
    private static final long LINE_WAIT_NS = 1_000_000_000;

    /** How long a file that has no name any more is kept open after it has grown last: who writes to it may not know it yet. */
    private static final long GONE_WAIT_NS = 60_000_000_000L;

    private Path path;
    // Keeps the name that the file had first: by that its successor finds it, also in a later run.
    private FileMark mark;
    private @Nullable FileChannel channel;
    private @Nullable OpenFile open;
    private @Nullable FollowedFile before;
    private @Nullable Backlog backlog;
    private int place;
    // What has been read, the beginning of a line too.
    private long readBytes;
    // As of the last look.
    private long sizeBytes;
    private @Nullable FileTime modified;
    private boolean suspect;
    private boolean named = true;
    private boolean superseded;
    private boolean passedOver;
    private boolean unfound;
    private boolean forgotten;
    private boolean unfinished;
    private boolean atEnd;
    private boolean changed;
    private boolean anew;
    // When it grew last, or lost its name or place if that was later.
    private long quietSinceNs;

    /** Follows the file at {@code path} from {@code mark} on. */
    FollowedFile(Path path, FileMark mark) {
        this.path = path;
        this.mark = mark;
        readBytes = mark.offset();
        sizeBytes = readBytes;
    }

    Path path() {
        return path;
    }

    FileKey key() {
        return mark.key();
    }

    /** Where it was left. */
    FileMark mark() {
        return mark;
    }

    boolean isOpen() {
        return channel != null;
    }

    boolean isNamed() {
        return named;
    }

    boolean isPassedOver() {
        return passedOver;
    }

    /** Lets it be read only when {@code predecessor}, which had its name before, has been. */
    void succeed(FollowedFile predecessor, long nowNs) {
        before = predecessor;
        predecessor.superseded = true;
        predecessor.quietSinceNs = nowNs;
    }

    /** Lets it be read only when those that come before {@code place} in {@code backlog} have been. */
    void queue(Backlog backlog, int place) {
        this.backlog = backlog;
        this.place = place;
    }

    /** Opens it if it is not yet; fails if it does not lie where it did at the last look. */
    FileChannel channel() throws IOException {
        FileChannel opened = channel;
        if (opened == null) {
            opened = FileChannel.open(path);
            if (!FileKey.of(path).equals(mark.key())) {
                opened.close();
                throw new NoSuchFileException(path.toString(), null, "it has another name by now");
            }
            channel = opened;
        }
        return opened;
    }

    /** Notes where it lies, and how long it is. */
    void seen(Seen seen, long nowNs) {
        path = seen.path();
        named = true;
        unfound = false;
        suspect |= modified != null && !seen.modified().equals(modified);
        modified = seen.modified();
        size(seen.sizeBytes(), nowNs);
    }

    /** Notes that no path means it any more. */
    void unseen(long nowNs) throws IOException {
        if (named) {
            named = false;
            quietSinceNs = nowNs;
        }
        if (channel != null) {
            size(channel.size(), nowNs);
        }
    }

    private void size(long bytes, long nowNs) {
        if (bytes != sizeBytes) {
            quietSinceNs = nowNs;
        }
        sizeBytes = bytes;
    }

    /** Begins to read where it was left, or at its beginning if that is not there any more; returns what is to be said of it, or nothing. */
    String begin(OpenFile.Means means, long position) throws IOException {
        FileChannel file = channel();
        String notice = "";
        if (anew || !mark.proof().holds(file)) {
            notice = path + ": cut, or another file than was read to byte " + mark.offset()
                    + "; read from its beginning";
            mark = new FileMark(mark.path(), mark.key());
        }
        if (OpenFile.isCompressed(file)) {
            passedOver = true;
            return path
                    + ": compressed, so it is not followed (expected: a file that grows); to read it leave follow out";
        }
        open = OpenFile.of(file, path, mark, means, position);
        open.raw().allowCut();
        readBytes = mark.offset();
        atEnd = false;
        changed = false;
        anew = false;
        suspect = false;
        return notice;
    }

    /** The last bytes before what is read first. */
    Tail lastRead() {
        return opened().before();
    }

    private OpenFile opened() {
        if (open == null) {
            throw new IllegalStateException(path + ": not open (expected: begun)");
        }
        return open;
    }

    /** Reads what there is; returns 0 if there is nothing now, also if what was read is not in the file any more: {@link #isChanged}. */
    int read(byte[] to, int offset, int length, long nowNs) throws IOException {
        if (atEnd && !goesOn()) {
            return 0;
        }
        int count = opened().read(to, offset, length);
        if (count < 0) {
            atEnd = true;
            return 0;
        }
        readBytes += count;
        if (readBytes > sizeBytes) {
            size(readBytes, nowNs);
        }
        return count;
    }

    private boolean goesOn() throws IOException {
        long size = channel().size();
        if (size == readBytes && !suspect) {
            return false;
        }
        suspect = false;
        changed = size < readBytes || !opened().raw().isUnchanged();
        atEnd = changed || size == readBytes;
        return !atEnd;
    }

    /** Whether it was cut, or written anew, while it was followed. */
    boolean isChanged() {
        return changed;
    }

    /** Lets it be read from its beginning, for what was read is gone. */
    void readAnew() {
        anew = true;
    }

    /** Where the line at {@code lineBegin} begins. */
    FileMark mark(long lineBegin, Tail beforeLine) {
        return open == null ? mark : open.mark(lineBegin, beforeLine);
    }

    /** Leaves off at the line at {@code lineBegin}. The file stays open. */
    void leave(long lineBegin, Tail beforeLine) throws IOException {
        mark = mark(lineBegin, beforeLine);
        open = null;
        if (channel != null) {
            sizeBytes = channel.size();
        }
    }

    /** Lets it wait for the next look: it does not lie where it did at the last one. */
    void await() {
        unfound = true;
    }

    /** Notes, while it is being read and at its end, whether that is in the middle of a line. */
    void atEnd(boolean unfinished) {
        this.unfinished = unfinished;
    }

    /** Its length, as of the last look. */
    long sizeBytes() {
        return sizeBytes;
    }

    /** How many bytes nobody has read. */
    long unreadBytes() {
        return Math.max(0, sizeBytes - mark.offset());
    }

    /** Lets nobody wait for it any more. */
    void forget() throws IOException {
        forgotten = true;
        close();
    }

    void close() throws IOException {
        FileChannel file = channel;
        channel = null;
        if (file != null) {
            file.close();
        }
    }

    /** Whether to read it, while it is not being read. */
    boolean isReady(long nowNs) {
        if (passedOver || (before != null && !before.isDone()) || (backlog != null && !backlog.isReadBefore(place))) {
            return false;
        }
        before = null;
        backlog = null;
        return hasMore() || hasLastLine(nowNs);
    }

    /** Whether it has, or had at the last look, what was not read yet; or may have another content. */
    boolean hasMore() {
        if (open != null) {
            return !atEnd;
        }
        return !passedOver && !unfound && (sizeBytes != readBytes || suspect);
    }

    /** Whether all was read that comes before its successor. */
    private boolean isDone() {
        return forgotten || (!hasMore() && (open == null ? mark.offset() == readBytes : !unfinished));
    }

    /** Whether it was read up to {@code bytes}; all of it, if nothing is to be added to it. */
    boolean isReadTo(long bytes) {
        if (!named || superseded) {
            return isDone();
        }
        return readBytes >= bytes || !hasMore();
    }

    private boolean hasLastLine(long nowNs) {
        return mark.offset() < readBytes && isOver(nowNs);
    }

    /** Whether the beginning of a line at its end is a line, for nothing will follow. */
    boolean isOver(long nowNs) {
        return (!named || superseded) && !hasMore() && nowNs - quietSinceNs >= LINE_WAIT_NS;
    }

    /** Whether it can be forgotten once it is not being read. */
    boolean isGone(long nowNs) {
        return !named && (channel == null || (!hasMore() && nowNs - quietSinceNs >= GONE_WAIT_NS));
    }
}
