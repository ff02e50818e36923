package io.ringmain.cli.letters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** What tells plans apart: the first half of the SHA-256 of a plan's file and of what was set beside it. */
public final class PlanDigest {

    private PlanDigest() {}

    /** Returns the digest; empty if the file cannot be read, which whoever reads the plan says. */
    public static String of(Path file, Map<String, String> overrides) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(Files.readAllBytes(file));
            overrides.forEach(
                    (path, value) -> sha.update((path + '=' + value + '\n').getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (IOException unreadable) {
            return "";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256.", impossible);
        }
    }
}
