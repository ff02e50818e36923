package io.ringmain.cli.letters;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes line by line. Thread: one.
 */
public final class LineInput {

    /** The longest line, in bytes: {@value}, 64 MiB. */
    public static final int LINE_BYTES_MAX = 64 << 20;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private boolean isCut;

    /** Reads {@code in}, which stays open. */
    public LineInput(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Returns the next line without its end; null when there is none. Of one that is too long only the beginning, see {@link #isCut}. */
    public byte @Nullable [] next() throws IOException {
        line.reset();
        isCut = false;
        int read = in.read();
        if (read < 0) {
            return null;
        }
        number++;
        while (read >= 0 && read != '\n') {
            isCut |= line.size() == LINE_BYTES_MAX;
            if (!isCut) {
                line.write(read);
            }
            read = in.read();
        }
        return line.toByteArray();
    }

    /** The how manieth line {@link #next} returned, from 1. */
    public long number() {
        return number;
    }

    /** Whether that was longer than {@link #LINE_BYTES_MAX}. */
    public boolean isCut() {
        return isCut;
    }
}
