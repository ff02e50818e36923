package io.ringmain.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads frames of zstd, and tells those that need something from those that are damaged. Thread: one. */
final class ZstdInput extends FilterInputStream {

    ZstdInput(InputStream packed) throws IOException {
        super(new ZstdInputStreamNoFinalizer(packed));
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        try {
            return super.read(to, offset, length);
        } catch (ZstdIOException problem) {
            long code = problem.getErrorCode();
            if (code == Zstd.errFrameParameterWindowTooLarge()) {
                throw new UnmetNeedException(
                        "more memory than 128 MiB, as zstd --long wants it; zstd -d --long=31 does it");
            }
            if (code == Zstd.errDictionaryWrong()) {
                throw new UnmetNeedException("a dictionary, which is not read here; zstd -d -D FILE does it");
            }
            throw problem;
        }
    }
}
