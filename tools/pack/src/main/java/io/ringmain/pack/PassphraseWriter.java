package io.ringmain.pack;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

/**
 * Encrypts the key of a file with a passphrase. The library has it in a part of its own, which is not to be had where this is built.
 *
 * @param passphrase the passphrase
 * @param costLog the logarithm of the cost of trying another
 * @param memoryBytes how much memory it may take
 */
record PassphraseWriter(String passphrase, int costLog, long memoryBytes) implements RecipientStanzaWriter {

    /** What the program age takes too. */
    static final int COST_LOG_DEFAULT = 18;

    /** One that may take most of the heap. */
    PassphraseWriter(String passphrase, int costLog) {
        this(passphrase, costLog, PassphraseStanza.memoryBytesMax());
    }

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) throws GeneralSecurityException {
        PassphraseStanza.requireMemory(costLog, memoryBytes);
        byte[] salt = new byte[PassphraseStanza.SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        byte[] encrypted = new FileKeyEncryptorFactory()
                .newFileKeyEncryptor()
                .getEncryptedFileKey(fileKey, PassphraseStanza.wrapKey(passphrase, salt, costLog))
                .getEncoded();
        return List.of(
                new PassphraseStanza(PassphraseStanza.text(salt), costLog, new PassphraseStanza.Body(encrypted)));
    }

    @Override
    public String toString() {
        return "PassphraseWriter";
    }
}
