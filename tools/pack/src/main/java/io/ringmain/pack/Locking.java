package io.ringmain.pack;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** For whom a file is encrypted: recipients, whoever knows a passphrase, or nobody in particular, as it is. Thread: any. */
public final class Locking {

    private final List<RecipientStanzaWriter> writers;

    private Locking(List<RecipientStanzaWriter> writers) {
        this.writers = writers;
    }

    /** Encrypts nothing. */
    public static Locking none() {
        return new Locking(List.of());
    }

    /** For whoever knows {@code passphrase}, which is not empty. Takes about a second and 256 MiB for a moment, so that guessing takes as much. */
    public static Locking passphrase(String passphrase) {
        return passphrase(passphrase, PassphraseWriter.COST_LOG_DEFAULT);
    }

    static Locking passphrase(String passphrase, int costLog) {
        return new Locking(List.of(new PassphraseWriter(passphrase, costLog)));
    }

    /**
     * Somebody to encrypt for.
     *
     * @param place where it was said, in words
     * @param text {@code age1…} as {@code age-keygen} says
     */
    public record Recipient(String place, String text) {
        @Override
        public String toString() {
            return place;
        }
    }

    /** For each of {@code recipients}, at least one. Errors say the places and not a word of the texts: one may be an identity, which is secret. */
    public static Locking recipients(List<Recipient> recipients) throws PackException {
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Recipient recipient : recipients) {
            try {
                writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient.text()));
            } catch (GeneralSecurityException | IllegalArgumentException none) {
                wrong.add(recipient.place());
            }
        }
        if (!wrong.isEmpty()) {
            throw new PackException(
                    String.join(", ", wrong) + ": no recipient (expected: age1 and 58 more signs, as age-keygen says)");
        }
        return new Locking(writers);
    }

    /** Whether it encrypts. */
    public boolean isLocking() {
        return !writers.isEmpty();
    }

    /** Returns a channel that encrypts what is written to it; its last block comes when it is closed, and with it {@code out} is closed. */
    WritableByteChannel locked(WritableByteChannel out) throws IOException {
        if (!isLocking()) {
            return out;
        }
        try {
            return new StandardEncryptingChannelFactory().newEncryptingChannel(out, writers);
        } catch (GeneralSecurityException failure) {
            throw new PackException("encryption: not possible here: " + PackException.reason(failure), failure);
        }
    }
}
