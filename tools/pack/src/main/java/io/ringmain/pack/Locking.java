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

    /** For each of {@code recipients}, at least one: {@code age1…} as {@code age-keygen} says. */
    public static Locking recipients(List<String> recipients) throws PackException {
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        for (String recipient : recipients) {
            try {
                writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient));
            } catch (GeneralSecurityException | IllegalArgumentException wrong) {
                throw new PackException(
                        recipient + ": no recipient (expected: age1 and 58 more signs, as age-keygen says)", wrong);
            }
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
