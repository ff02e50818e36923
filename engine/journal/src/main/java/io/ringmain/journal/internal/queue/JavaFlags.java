package io.ringmain.journal.internal.queue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What Java must be told before Chronicle Queue can write. Without it the first append would fail, with a message about one of its own classes. */
final class JavaFlags {

    private static final List<String> EXPORTED = List.of("sun.nio.ch", "jdk.internal.ref");
    private static final String OPEN = "java.lang.reflect";

    private JavaFlags() {}

    /** Fails if one is missing, and names those that are. */
    static void require() throws IOException {
        Module base = Object.class.getModule();
        Module reader = JavaFlags.class.getModule();
        List<String> missing = new ArrayList<>();
        for (String name : EXPORTED) {
            if (!base.isExported(name, reader)) {
                missing.add("--add-exports=java.base/" + name + "=ALL-UNNAMED");
            }
        }
        if (!base.isOpen(OPEN, reader)) {
            missing.add("--add-opens=java.base/" + OPEN + "=ALL-UNNAMED");
        }
        if (!missing.isEmpty()) {
            throw new IOException("Java was started without what Chronicle Queue needs to write; give it "
                    + String.join(" ", missing));
        }
    }
}
