package io.ringmain.pack;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an encrypted file is decrypted with: identities, a passphrase, or nothing. Thread: any. */
public final class Unlocking {

    private static final byte[] BINARY = "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ARMORED = "-----BEGIN AGE ENCRYPTED FILE-----".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES = ARMORED.length;

    private final List<RecipientStanzaReader> readers;

    private Unlocking(List<RecipientStanzaReader> readers) {
        this.readers = readers;
    }

    /** With nothing: an encrypted file cannot be read. */
    public static Unlocking none() {
        return new Unlocking(List.of());
    }

    /** With the passphrase that the file was encrypted with. */
    public static Unlocking passphrase(String passphrase) {
        return new Unlocking(List.of(new PassphraseReader(passphrase)));
    }

    /**
     * With the identities of a file as {@code age-keygen} writes it: a line each; empty lines and those with # are left out.
     *
     * @param file what errors call it
     */
    public static Unlocking identities(String file, List<String> lines) throws PackException {
        List<RecipientStanzaReader> readers = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line));
                } catch (GeneralSecurityException | IllegalArgumentException wrong) {
                    // Not a word of the line: it may be a secret that is almost right.
                    throw new PackException(
                            file + ":" + (i + 1)
                                    + ": no identity (expected: AGE-SECRET-KEY-1…, as age-keygen writes it)",
                            wrong);
                }
            }
        }
        if (readers.isEmpty()) {
            throw new PackException(
                    file + ": has no identity (expected: a line AGE-SECRET-KEY-1…, as age-keygen writes it)");
        }
        return new Unlocking(readers);
    }

    /** A stream, and whether it was encrypted: then it is known to be whole whatever is in it. */
    record Unlocked(InputStream in, boolean wasLocked) {}

    /** Returns {@code in} decrypted if it is encrypted, else as it is. */
    Unlocked unlocked(String name, InputStream in) throws IOException {
        byte[] head = in.readNBytes(HEAD_BYTES);
        PushbackInputStream all = new PushbackInputStream(in, HEAD_BYTES);
        all.unread(head);
        boolean isArmored = Arrays.equals(head, ARMORED);
        if (!isArmored && !startsWith(head, BINARY)) {
            return new Unlocked(all, false);
        }
        if (readers.isEmpty()) {
            throw new PackException(name + ": encrypted by age (expected: what it was encrypted for);"
                    + " give --identity FILE, or --passphrase-file FILE");
        }
        StandardDecryptingChannelFactory factory =
                isArmored ? new ArmoredDecryptingChannelFactory() : new StandardDecryptingChannelFactory();
        try {
            return new Unlocked(
                    Channels.newInputStream(factory.newDecryptingChannel(Channels.newChannel(all), readers)), true);
        } catch (GeneralSecurityException noKey) {
            throw new PackException(
                    name + ": cannot be decrypted: encrypted for somebody else, with another passphrase, or damaged"
                            + " (" + PackException.reason(noKey) + ")",
                    noKey);
        }
    }

    private static boolean startsWith(byte[] head, byte[] beginning) {
        return head.length >= beginning.length
                && Arrays.equals(head, 0, beginning.length, beginning, 0, beginning.length);
    }
}
