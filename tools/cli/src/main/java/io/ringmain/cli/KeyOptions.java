package io.ringmain.cli;

import io.ringmain.pack.Locking;
import io.ringmain.pack.Locking.Recipient;
import io.ringmain.pack.PackException;
import io.ringmain.pack.Unlocking;
import io.ringmain.spi.FailureKind;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Passphrases and identities, which never are arguments: everybody can see those of a running program. */
final class KeyOptions {

    /** What identities begin with, which stand for a key that nobody else may see. */
    private static final String SECRET = "AGE-SECRET-KEY-1";

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Encrypted with the passphrase in the first line of FILE.")
    private @Nullable Path passphraseFile;

    @Option(names = "--passphrase", description = "Encrypted with a passphrase, which is asked for.")
    private boolean isAsked;

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "Decrypt with the identities in FILE, as age-keygen writes it.")
    private @Nullable Path identity;

    private @Nullable String passphrase;

    boolean hasPassphrase() {
        return passphraseFile != null || isAsked;
    }

    boolean hasIdentity() {
        return identity != null;
    }

    /** The files that passphrase, identities and {@code others} are read from. */
    List<Path> files(@Nullable Path others) {
        List<Path> files = new ArrayList<>();
        for (@Nullable Path file : Arrays.asList(passphraseFile, identity, others)) {
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }

    /** The passphrase; asked for once, or twice if {@code isNew}. */
    private String passphrase(boolean isNew) throws IOException {
        if (passphrase == null) {
            passphrase = passphraseFile == null ? asked(isNew) : read(passphraseFile);
        }
        return passphrase;
    }

    private static String read(Path file) throws IOException {
        List<String> lines = lines("--passphrase-file", file);
        if (lines.isEmpty() || lines.get(0).isEmpty()) {
            throw new PackException(
                    "--passphrase-file: " + file + ": its first line is empty (expected: a passphrase)");
        }
        return lines.get(0);
    }

    private static List<String> lines(String option, Path file) throws PackException {
        try {
            return Files.readAllLines(file);
        } catch (IOException problem) {
            throw new PackException(
                    option + ": " + file + ": cannot be read: " + FailureKind.words(problem)
                            + " (expected: lines of text)",
                    problem);
        }
    }

    // Where it is not null without a terminal, as in JDK 22 to 24, nothing can be read from it, which is told too.
    @SuppressWarnings("SystemConsoleNull")
    private static String asked(boolean isNew) throws PackException {
        Console console = System.console();
        if (console == null) {
            throw new PackException("--passphrase: no terminal to ask at (expected: one); give --passphrase-file FILE");
        }
        String first = read(console, "Passphrase: ");
        if (first.isEmpty()) {
            throw new PackException("--passphrase: empty (expected: a passphrase)");
        }
        if (isNew && !first.equals(read(console, "Again: "))) {
            throw new PackException("--passphrase: the two are not the same (expected: the same twice)");
        }
        return first;
    }

    private static String read(Console console, String prompt) {
        char[] typed = console.readPassword(prompt);
        return typed == null ? "" : new String(typed);
    }

    /** For whom to encrypt, if not for {@code recipients} and those of {@code file}. */
    Locking locking(List<String> recipients, @Nullable Path file) throws IOException {
        if (hasPassphrase()) {
            return Locking.passphrase(passphrase(true));
        }
        List<Recipient> all = new ArrayList<>();
        for (String given : recipients) {
            boolean isSecret = given.strip().toUpperCase(Locale.ROOT).startsWith(SECRET);
            all.add(new Recipient("--recipient " + (isSecret ? SECRET + "..." : given), given));
        }
        if (file != null) {
            int before = all.size();
            List<String> lines = lines("--recipients-file", file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    all.add(new Recipient(file + ":" + (i + 1), line));
                }
            }
            if (all.size() == before) {
                throw new PackException("--recipients-file: " + file + ": has no recipient (expected: a line age1…)");
            }
        }
        return all.isEmpty() ? Locking.none() : Locking.recipients(all);
    }

    /** What to decrypt with. */
    Unlocking unlocking() throws IOException {
        if (identity != null) {
            return Unlocking.identities(identity.toString(), lines("--identity", identity));
        }
        return hasPassphrase() ? Unlocking.passphrase(passphrase(false)) : Unlocking.none();
    }
}
