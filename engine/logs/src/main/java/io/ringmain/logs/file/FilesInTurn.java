package io.ringmain.logs.file;

import io.ringmain.logs.file.Recognition.Begin;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The course of a source that reads one file after the other, each to its end, and then ends itself. */
final class FilesInTurn implements Course {

    private final FileSource source;
    private final OpenFile.Means means;
    private final List<Begin> files;
    // Of all files before the open one; then of that too.
    private final List<FileMark> done = new ArrayList<>();
    private @Nullable OpenFile open;
    private int index;

    FilesInTurn(FileSource source, OpenFile.Means means, List<Begin> files) {
        this.source = source;
        this.means = means;
        this.files = files;
    }

    @Override
    public boolean next() throws IOException {
        close();
        while (index < files.size() && isAll(files.get(index))) {
            // A compressed one would be read again from its beginning, for nothing.
            done.add(files.get(index++).mark());
        }
        if (index == files.size()) {
            return false;
        }
        Begin file = files.get(index++);
        long position = source.lineBegin();
        source.place(position, file);
        open = OpenFile.of(channel(file), file.path(), file.mark(), means, position);
        source.begin(open.before());
        return true;
    }

    /** Opens {@code file}, which may have been replaced since the source looked: what lies at its mark would be lines of another. */
    private static FileChannel channel(Begin file) throws IOException {
        FileChannel channel = RawFile.open(file.path());
        boolean holds = false;
        try {
            holds = file.mark().proof().holds(channel);
        } finally {
            if (!holds) {
                channel.close();
            }
        }
        if (!holds) {
            throw new IOException(file.path() + ": cut, or another file than was read to byte "
                    + file.mark().offset()
                    + " before (expected: a file that stays until it is read); it was there at the start");
        }
        return channel;
    }

    private static boolean isAll(Begin file) throws IOException {
        return file.mark().ended() && file.mark().isAll(Files.size(file.path()));
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return open == null ? -1 : open.read(to, offset, length);
    }

    @Override
    public List<FileMark> marks() {
        List<FileMark> marks = new ArrayList<>(done);
        if (open != null) {
            marks.add(open.mark(source.lineBegin(), source.beforeLine()));
        }
        for (Begin later : files.subList(index, files.size())) {
            if (later.mark().offset() > 0) {
                // An earlier run had begun it.
                marks.add(later.mark());
            }
        }
        return marks;
    }

    @Override
    public void close() throws IOException {
        OpenFile old = open;
        open = null;
        if (old != null) {
            done.add(old.mark(source.lineBegin(), source.beforeLine()));
            old.close();
        }
    }
}
