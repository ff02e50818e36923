package io.ringmain.logs.file;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * What the beginning of a file must still be, or else it was cut, written anew, or is another file: an inode alone proves nothing, it is
 * used again; nor does a beginning alone, all logs of a program may have the same.
 *
 * @param bytes how long that beginning is; its first {@value #HEAD_BYTES_MAX} bytes count, and its last ones
 * @param headSum the check sum of the first bytes
 * @param tailLength how many of the last bytes count, at most {@link Tail#BYTES_MAX}
 * @param tailSum the check sum of the last bytes
 */
record FileProof(long bytes, int headSum, int tailLength, int tailSum) {

    static final int HEAD_BYTES_MAX = 1024;

    /** What every file proves. */
    static final FileProof NONE = new FileProof(0, 0, 0, 0);

    /** Takes the check sums of what was read: of a {@code head} that is as long as it can be, and of what stands before {@code bytes}. */
    static FileProof of(long bytes, byte[] head, Tail tail) {
        return new FileProof(bytes, sum(head, headLength(bytes)), tail.length(), tail.checkSum());
    }

    /** Takes the check sums of what {@code file} has now. */
    static FileProof of(long bytes, FileChannel file) throws IOException {
        int tailLength = (int) Math.min(Tail.BYTES_MAX, bytes);
        return new FileProof(
                bytes, sum(file, 0, headLength(bytes)), tailLength, sum(file, bytes - tailLength, tailLength));
    }

    /** Whether {@code file} has this beginning. */
    boolean holds(FileChannel file) throws IOException {
        return file.size() >= bytes
                && sum(file, 0, headLength(bytes)) == headSum
                && sum(file, bytes - tailLength, tailLength) == tailSum;
    }

    private static int headLength(long bytes) {
        return (int) Math.min(HEAD_BYTES_MAX, bytes);
    }

    private static int sum(FileChannel file, long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        return sum(bytes, read(file, from, bytes));
    }

    /** Reads what there is of {@code bytes}; returns how many. Does not move the file's position. */
    static int read(FileChannel file, long from, byte[] bytes) throws IOException {
        ByteBuffer to = ByteBuffer.wrap(bytes);
        while (to.hasRemaining() && file.read(to, from + to.position()) > 0) {
            // Once for a file on a disk.
        }
        return to.position();
    }

    private static int sum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(bytes);
        out.writeInt(headSum);
        out.writeInt(tailLength);
        out.writeInt(tailSum);
    }

    static FileProof read(DataInput in) throws IOException {
        FileProof proof = new FileProof(in.readLong(), in.readInt(), in.readInt(), in.readInt());
        if (proof.tailLength < 0 || proof.tailLength > Math.min(Tail.BYTES_MAX, proof.bytes)) {
            throw new IOException("length of a tail: " + proof.tailLength + " of " + proof.bytes
                    + " bytes (expected: 0 to " + Tail.BYTES_MAX + "); what was saved is damaged");
        }
        return proof;
    }
}
