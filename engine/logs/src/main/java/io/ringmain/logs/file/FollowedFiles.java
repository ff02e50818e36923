package io.ringmain.logs.file;

import io.ringmain.logs.file.Recognition.Begin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The course of a source that goes on at the end of its files.
 *
 * <pre>
 *   every {@value #LOOK_NS} ns   look: which files are there now, how long are they?
 *   one file at a time        read it to its end, or for a turn, then whichever else has something to read
 * </pre>
 *
 * A file is known by device and inode, so a renamed one is the same and is read to its end; the one that has its name then comes after
 * it. Files that are found together are read one after another, the one that was written to last in the end ({@link Backlog}): so a log
 * that was rotated while nobody looked comes in its order. While a file is read its end is asked for at each call; the others are as they were at the last look. Of a file that is left in the
 * middle of a line the beginning of that line is forgotten and read again.
 *
 * <p>Thread: the intake thread. Allocates when it looks and when it goes to another file, nothing per event.
 */
final class FollowedFiles implements Course {

    static final long LOOK_NS = 200_000_000;

    private static final long TURN_BYTES = 1 << 20;
    private static final int OPEN_MAX = 256;

    private final FileSource source;
    private final OpenFile.Means means;
    private final LongSupplier nanoTime;
    private final List<FollowedFile> files = new ArrayList<>();
    private final Map<FileKey, FollowedFile> byKey = new HashMap<>();
    // The latest that was found there.
    private final Map<Path, FollowedFile> byPath = new HashMap<>();
    // Since the last look; nothing of them was read yet.
    private final Set<FollowedFile> found = new HashSet<>();
    private List<String> problems = List.of();
    private @Nullable FollowedFile current;
    private @Nullable FollowedFile chosen;
    private long lookedAtNs;
    private long turnBytes;
    // A turn lasts a line at least: what was read of a longer one would be read again in each.
    private long turnBegin;
    // The index of the file that was chosen last.
    private int turn = -1;

    /** Goes on with the files of an earlier run, {@code known}, and finds the others itself. */
    FollowedFiles(FileSource source, OpenFile.Means means, LongSupplier nanoTime, List<Begin> known)
            throws IOException {
        this.source = source;
        this.means = means;
        this.nanoTime = nanoTime;
        long nowNs = nanoTime.getAsLong();
        for (Begin begin : known) {
            if (!byKey.containsKey(begin.mark().key())) {
                add(new FollowedFile(begin.path(), begin.mark()), begin.mark().path(), nowNs);
            }
        }
        look(nowNs);
    }

    /** Adds {@code file}, which is, or was at the end of an earlier run, at {@code path}. */
    private void add(FollowedFile file, Path path, long nowNs) {
        files.add(file);
        byKey.put(file.key(), file);
        if (file.mark().offset() == 0) {
            found.add(file);
        }
        FollowedFile predecessor = byPath.put(path, file);
        if (predecessor != null && predecessor != file) {
            file.succeed(predecessor, nowNs);
        }
        open(file);
    }

    /** Opens {@code file} before its turn, unless many are open: what it has then is not lost with its name. */
    private void open(FollowedFile file) {
        if (files.stream().filter(FollowedFile::isOpen).count() >= OPEN_MAX) {
            return;
        }
        try {
            file.channel();
        } catch (IOException gone) {
            // It had a name a moment ago. The next look tells.
            file.await();
        }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        long nowNs = nanoTime.getAsLong();
        if (nowNs - lookedAtNs >= LOOK_NS) {
            look(nowNs);
        }
        if (turnBytes >= TURN_BYTES && source.lineBegin() > turnBegin && choose(nowNs)) {
            return leave();
        }
        FollowedFile file = current;
        if (file != null) {
            int count = file.read(to, offset, length, nowNs);
            if (count > 0) {
                turnBytes += count;
                return count;
            }
            if (file.isChanged()) {
                return readAgain(file);
            }
            boolean unfinished = source.lineBegin() < source.position();
            file.atEnd(unfinished);
            if (unfinished && file.isOver(nowNs)) {
                // What was read of the last line is not forgotten, and so is a line.
                return -1;
            }
            if (file.isGone(nowNs)) {
                return leave();
            }
        }
        return choose(nowNs) ? leave() : 0;
    }

    /** Leaves a file; what was read of a line without its end will be read again. */
    private int leave() {
        source.forget();
        return -1;
    }

    /** Reads the current file again: the beginning of its last line if only that has changed, else from its beginning. */
    private int readAgain(FollowedFile file) throws IOException {
        chosen = file;
        FileMark mark = file.mark(source.lineBegin(), source.beforeLine());
        if (mark.offset() > 0 && mark.proof().holds(file.channel())) {
            return leave();
        }
        // What was read of its last line is a line: its end will not come.
        file.readAnew();
        return -1;
    }

    /** Chooses the next file that has something to read; returns {@code false} if there is none but the current one. */
    private boolean choose(long nowNs) {
        beginTurn();
        for (int i = 1; i <= files.size(); i++) {
            int index = (turn + i) % files.size();
            FollowedFile file = files.get(index);
            if (file != current && file.isReady(nowNs)) {
                turn = index;
                chosen = file;
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean next() throws IOException {
        FollowedFile file = chosen;
        leaveCurrent();
        chosen = null;
        beginTurn();
        if (file != null && begin(file)) {
            current = file;
        }
        return true;
    }

    private void beginTurn() {
        turnBytes = 0;
        turnBegin = source.lineBegin();
    }

    private void leaveCurrent() throws IOException {
        if (current != null) {
            current.leave(source.lineBegin(), source.beforeLine());
            current = null;
        }
    }

    private boolean begin(FollowedFile file) throws IOException {
        if (!file.isOpen()) {
            makeRoom();
            open(file);
        }
        if (!file.isOpen()) {
            return false;
        }
        String notice = file.begin(means, source.lineBegin());
        if (!notice.isEmpty()) {
            source.notice(notice);
        }
        if (file.isPassedOver()) {
            file.close();
            return false;
        }
        source.place(source.lineBegin(), new Begin(file.path(), file.mark()));
        source.begin(file.lastRead());
        return true;
    }

    /** Closes a file with a name of which all was read, if many are open. */
    private void makeRoom() throws IOException {
        if (files.stream().filter(FollowedFile::isOpen).count() < OPEN_MAX) {
            return;
        }
        for (FollowedFile file : files) {
            if (file.isOpen() && file.isNamed() && !file.hasMore()) {
                file.close();
                return;
            }
        }
    }

    private void look(long nowNs) throws IOException {
        lookedAtNs = nowNs;
        Set<FollowedFile> unseen = new LinkedHashSet<>(files);
        Map<FileKey, Seen> unknown = new LinkedHashMap<>();
        int before;
        do {
            before = unknown.size();
            for (Path path : paths()) {
                Seen seen = Seen.at(path);
                if (seen == null) {
                    continue;
                }
                FollowedFile file = byKey.get(seen.key());
                if (file == null) {
                    unknown.put(seen.key(), seen);
                } else {
                    byPath.put(path, file);
                    file.seen(seen, nowNs);
                    unseen.remove(file);
                }
            }
            // A rotation between two of these lines would hide a file, and show a younger one.
        } while (unknown.size() > before);
        find(unknown.values(), nowNs);
        for (FollowedFile file : unseen) {
            file.unseen(nowNs);
            if (file != current && file.isGone(nowNs)) {
                forget(file);
            }
        }
    }

    private List<Path> paths() {
        InputPaths input = source.look();
        for (String problem : input.problems()) {
            if (!problems.contains(problem)) {
                source.noticeWhole(problem);
            }
        }
        problems = input.problems();
        return input.files();
    }

    /** Adds {@code unknown} files: the one that was written to last is read last, whatever their names say. */
    private void find(Collection<Seen> unknown, long nowNs) {
        unknown.stream().sorted(Comparator.comparing(Seen::modified)).forEach(seen -> {
            FollowedFile file = new FollowedFile(seen.path(), new FileMark(seen.path(), seen.key()));
            add(file, seen.path(), nowNs);
            file.seen(seen, nowNs);
        });
        if (!found.isEmpty()) {
            Backlog backlog = new Backlog(files);
            for (int i = 0; i < files.size(); i++) {
                if (found.remove(files.get(i))) {
                    files.get(i).queue(backlog, i);
                }
            }
        }
    }

    private void forget(FollowedFile file) throws IOException {
        if (file.unreadBytes() > 0 && !file.isPassedOver()) {
            source.notice(file.path() + ": gone; its last " + file.unreadBytes() + " bytes were not read");
        }
        file.forget();
        files.remove(file);
        byKey.remove(file.key());
        byPath.values().remove(file);
        turn = -1;
    }

    @Override
    public List<FileMark> marks() {
        return files.stream()
                .map(file -> file == current ? file.mark(source.lineBegin(), source.beforeLine()) : file.mark())
                .toList();
    }

    @Override
    public void close() throws IOException {
        leaveCurrent();
        for (FollowedFile file : files) {
            file.close();
        }
    }
}
