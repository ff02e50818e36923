package io.ringmain.pack;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.codec.CanonicalBase64;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Iterator;
import java.util.List;

/**
 * Finds the key of a file with the passphrase that it is encrypted with.
 *
 * @param passphrase the passphrase
 * @param memoryBytes how much memory trying it may take
 */
record PassphraseReader(String passphrase, long memoryBytes) implements RecipientStanzaReader {

    /** More would take minutes and gigabytes: a header of a few bytes must not be able to ask for that. The program age has the same limit. */
    private static final int COST_LOG_MAX = 22;

    /** One that may take most of the heap. */
    PassphraseReader(String passphrase) {
        this(passphrase, PassphraseStanza.memoryBytesMax());
    }

    @Override
    public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
        Iterator<RecipientStanza> all = stanzas.iterator();
        RecipientStanza stanza = all.hasNext() ? all.next() : null;
        if (stanza == null || all.hasNext() || !stanza.getType().equals(PassphraseStanza.TYPE)) {
            throw new UnsupportedRecipientStanzaException("it has no passphrase");
        }
        List<String> arguments = stanza.getArguments();
        if (arguments.size() != 2 || !arguments.get(1).matches("[1-9][0-9]?")) {
            throw new UnsupportedRecipientStanzaException("its header is damaged");
        }
        int costLog = Integer.parseInt(arguments.get(1));
        if (costLog > COST_LOG_MAX) {
            throw new UnsupportedRecipientStanzaException(
                    "trying a passphrase would cost 2^" + costLog + " (expected: at most 2^" + COST_LOG_MAX + ")");
        }
        PassphraseStanza.requireMemory(costLog, memoryBytes);
        byte[] salt;
        try {
            salt = CanonicalBase64.getDecoder().decode(arguments.get(0).getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException damaged) {
            throw new UnsupportedRecipientStanzaException("its header is damaged");
        }
        if (salt.length != PassphraseStanza.SALT_BYTES) {
            throw new UnsupportedRecipientStanzaException("its header is damaged");
        }
        return new FileKeyDecryptorFactory()
                .newFileKeyDecryptor()
                .getFileKey(
                        new EncryptedFileKey(stanza.getBody()), PassphraseStanza.wrapKey(passphrase, salt, costLog));
    }

    @Override
    public String toString() {
        return "PassphraseReader";
    }
}
