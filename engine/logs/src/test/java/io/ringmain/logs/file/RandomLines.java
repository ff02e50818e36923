package io.ringmain.logs.file;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;

/** Bytes such as nobody writes on purpose: lines of all lengths, both line ends, NUL, single returns, what is no UTF-8. */
final class RandomLines {

    private RandomLines() {}

    static byte[] of(SplittableRandom random, int lines, int lengthMax) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < lines; i++) {
            int length = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(lengthMax + 1);
            for (int j = 0; j < length; j++) {
                int b = random.nextInt(8) == 0 ? random.nextInt(256) : 'a' + random.nextInt(26);
                out.write(b == '\n' ? '\r' : b);
            }
            boolean last = i == lines - 1;
            if (!last || random.nextBoolean()) {
                out.writeBytes(random.nextBoolean() ? new byte[] {'\n'} : new byte[] {'\r', '\n'});
            }
        }
        return out.toByteArray();
    }
}
