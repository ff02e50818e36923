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
 * @param ended whether that was the end of the file
 */
record FileMark(Path path, FileKey key, long offset, FileProof proof, boolean ended) {

    /** The beginning of a file. */
    FileMark(Path path, FileKey key) {
        this(path, key, 0, FileProof.NONE, false);
    }

    /** Stands at the beginning of the file that {@code path} means now. */
    static FileMark first(Path path) throws IOException {
        return new FileMark(path, FileKey.of(path));
    }

    /** Whether there is nothing behind it in the file if that has {@code sizeBytes} now. */
    boolean isAll(long sizeBytes) {
        return ended && proof.bytes() == sizeBytes;
    }

    /** How many bytes of a file that has {@code sizeBytes} will be read; of a compressed one all, for there the proof is of other bytes. */
    long restBytes(long sizeBytes) {
        if (isAll(sizeBytes)) {
            return 0;
        }
        return proof.bytes() == offset ? sizeBytes - offset : sizeBytes;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(path.toString());
        key.write(out);
        out.writeLong(offset);
        proof.write(out);
        out.writeBoolean(ended);
    }

    static FileMark read(DataInput in) throws IOException {
        return new FileMark(
                Path.of(in.readUTF()), FileKey.read(in), in.readLong(), FileProof.read(in), in.readBoolean());
    }
}
