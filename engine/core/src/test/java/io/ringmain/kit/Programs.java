package io.ringmain.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs that nobody here made, which tests compare with. Where one is missing that is left out, but for {@code -Dringmain.programs=required}. */
public final class Programs {

    private static final boolean ARE_REQUIRED = "required".equals(System.getProperty("ringmain.programs"));

    private Programs() {}

    /**
     * Whether {@code program} is on the path.
     *
     * @throws AssertionError if it is not, and programs are required
     */
    public static boolean isThere(String program) {
        boolean isThere = Stream.of(String.valueOf(System.getenv("PATH")).split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!isThere && ARE_REQUIRED) {
            throw new AssertionError(
                    program
                            + ": not on the PATH (expected: there, because of -Dringmain.programs=required); install it, or leave the property out");
        }
        return isThere;
    }
}
