package io.ringmain.pack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The key derivation scrypt of RFC 7914 with one lane, which makes guessing passphrases cost memory. Thread: any. */
final class Scrypt {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SALSA_INTS = 16;

    private Scrypt() {}

    /**
     * Derives a key.
     *
     * @param passphrase not empty
     * @param costLog the logarithm of the number of blocks that are kept
     * @param blockSize in units of 128 bytes
     */
    static byte[] derive(String passphrase, byte[] salt, int costLog, int blockSize, int keyBytes)
            throws GeneralSecurityException {
        byte[] block = pbkdf2(passphrase, salt, 128 * blockSize);
        int[] x = new int[32 * blockSize];
        for (int i = 0; i < x.length; i++) {
            x[i] = (int) INT.get(block, 4 * i);
        }
        mix(x, 1 << costLog);
        for (int i = 0; i < x.length; i++) {
            INT.set(block, 4 * i, x[i]);
        }
        return pbkdf2(passphrase, block, keyBytes);
    }

    private static byte[] pbkdf2(String passphrase, byte[] salt, int bytes) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase.toCharArray(), salt, 1, 8 * bytes);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    private static void mix(int[] x, int blocks) {
        int[][] kept = new int[blocks][];
        int[] y = new int[x.length];
        for (int i = 0; i < blocks; i++) {
            kept[i] = x.clone();
            mixBlock(x, y);
        }
        for (int i = 0; i < blocks; i++) {
            int[] other = kept[x[x.length - SALSA_INTS] & (blocks - 1)];
            for (int j = 0; j < x.length; j++) {
                x[j] ^= other[j];
            }
            mixBlock(x, y);
        }
    }

    private static void mixBlock(int[] x, int[] y) {
        int[] z = new int[SALSA_INTS];
        System.arraycopy(x, x.length - SALSA_INTS, z, 0, SALSA_INTS);
        int[] w = new int[SALSA_INTS];
        int half = x.length / 2;
        for (int from = 0; from < x.length; from += SALSA_INTS) {
            for (int i = 0; i < SALSA_INTS; i++) {
                z[i] ^= x[from + i];
            }
            salsa(z, w);
            // Even pieces come first, odd ones behind them.
            int piece = from / SALSA_INTS;
            System.arraycopy(z, 0, y, (piece & 1) * half + piece / 2 * SALSA_INTS, SALSA_INTS);
        }
        System.arraycopy(y, 0, x, 0, x.length);
    }

    /** Salsa20 with eight rounds, in place. */
    private static void salsa(int[] z, int[] w) {
        System.arraycopy(z, 0, w, 0, SALSA_INTS);
        for (int round = 0; round < 8; round += 2) {
            for (int i = 0; i < 4; i++) {
                quarter(w, 5 * i, (5 * i + 4) & 15, (5 * i + 8) & 15, (5 * i + 12) & 15);
            }
            for (int i = 0; i < 4; i++) {
                int row = 4 * i;
                quarter(w, row + i, row + ((i + 1) & 3), row + ((i + 2) & 3), row + ((i + 3) & 3));
            }
        }
        for (int i = 0; i < SALSA_INTS; i++) {
            z[i] += w[i];
        }
    }

    private static void quarter(int[] w, int a, int b, int c, int d) {
        w[b] ^= Integer.rotateLeft(w[a] + w[d], 7);
        w[c] ^= Integer.rotateLeft(w[b] + w[a], 9);
        w[d] ^= Integer.rotateLeft(w[c] + w[b], 13);
        w[a] ^= Integer.rotateLeft(w[d] + w[c], 18);
    }
}
