package io.ringmain.logs.file;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the next line of a file begins, and how the file is known again.
 *
 * @param path what it was called first
 * @param key which one it was
 * @param offset where the line begins, decompressed
 * @param proof what the file has before that; of a compressed one, of its bytes as they are
 */
record FileMark(Path path, FileKey key, long offset, FileProof proof) {

    /** Stands at the beginning of the file that {@code path} means now. */
    static FileMark first(Path path) throws IOException {
        return new FileMark(path, FileKey.of(path), 0, FileProof.NONE);
    }

    /** Whether the file is not compressed, as far as is known: of one that is the proof is of other bytes. */
    boolean isPlain() {
        return proof.bytes() == offset;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(path.toString());
        key.write(out);
        out.writeLong(offset);
        proof.write(out);
    }

    static FileMark read(DataInput in) throws IOException {
        return new FileMark(Path.of(in.readUTF()), FileKey.read(in), in.readLong(), FileProof.read(in));
    }
}
