package io.ringmain.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says what is running. */
@Command(name = "version", description = "Show the versions of ringmain and of Java.")
final class VersionCommand implements Callable<Integer> {

    private final Screen screen;

    VersionCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        String version = Main.class.getPackage().getImplementationVersion();
        screen.out()
                .println("ringmain " + (version == null ? "(not from a jar)" : version) + ", Java " + Runtime.version()
                        + " on " + System.getProperty("os.name") + ' ' + System.getProperty("os.arch"));
        return 0;
    }
}
