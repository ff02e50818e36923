package io.ringmain.pack;

import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * How a key of a file stands in its header, encrypted with a passphrase: {@code -> scrypt SALT COST}, then the key.
 *
 * @param salt 16 bytes in Base64
 * @param costLog the logarithm of the cost of trying a passphrase
 * @param key the encrypted key
 */
record PassphraseStanza(String salt, int costLog, Body key) implements RecipientStanza {

    static final String TYPE = "scrypt";
    static final int SALT_BYTES = 16;

    private static final byte[] LABEL = "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);
    /** In units of 128 bytes, and how many of them are worked on apart: as age has it. */
    private static final int BLOCK_SIZE = 8;

    private static final int LANES = 1;
    private static final int KEY_BYTES = 32;

    /** Bytes that a record may have. */
    static final class Body {
        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes.clone();
        }
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public List<String> getArguments() {
        return List.of(salt, Integer.toString(costLog));
    }

    @Override
    public byte[] getBody() {
        return key.bytes.clone();
    }

    static String text(byte[] salt) {
        return CanonicalBase64.getEncoder().encodeToString(salt);
    }

    /** How much of the heap may be taken for a moment. */
    static long memoryBytesMax() {
        return Runtime.getRuntime().maxMemory() / 10 * 8;
    }

    /** Refuses a cost that takes more memory than {@code bytesMax}: the JVM would end in the midst of it. */
    static void requireMemory(int costLog, long bytesMax) throws UnsupportedRecipientStanzaException {
        long bytes = 1024L << costLog;
        if (bytes > bytesMax) {
            throw new UnsupportedRecipientStanzaException("a passphrase takes " + (bytes >> 20)
                    + " MiB of memory (expected: at most " + (bytesMax >> 20)
                    + " here); give more: JAVA_TOOL_OPTIONS=-Xmx" + (bytes / 800_000_000 + 1) + "g");
        }
    }

    /** The key that the key of the file is encrypted with. */
    static CipherKey wrapKey(String passphrase, byte[] salt, int costLog) {
        byte[] labelled = new byte[LABEL.length + salt.length];
        System.arraycopy(LABEL, 0, labelled, 0, LABEL.length);
        System.arraycopy(salt, 0, labelled, LABEL.length, salt.length);
        return new CipherKey(scrypt(passphrase, labelled, costLog, KEY_BYTES));
    }

    /** The key derivation of RFC 7914, which makes guessing passphrases cost memory: 2^{@code costLog} KiB. */
    static byte[] scrypt(String passphrase, byte[] salt, int costLog, int keyBytes) {
        byte[] secret = passphrase.getBytes(StandardCharsets.UTF_8);
        return SCrypt.generate(secret, salt, 1 << costLog, BLOCK_SIZE, LANES, keyBytes);
    }
}
