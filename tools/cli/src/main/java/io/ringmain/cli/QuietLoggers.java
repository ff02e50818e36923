package io.ringmain.cli;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Loggers that say nothing: what the engine logs for embedders, with stack traces, the command says itself, in sentences and once.
 *
 * <p>Thread: any. Made by the JDK, which finds it as a service.
 */
public final class QuietLoggers extends System.LoggerFinder {

    private static final System.Logger QUIET = new Quiet();

    /** Makes what the JDK asks for. */
    public QuietLoggers() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return QUIET;
    }

    private static final class Quiet implements System.Logger {

        @Override
        public String getName() {
            return "ringmain";
        }

        @Override
        public boolean isLoggable(Level level) {
            return false;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {}

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {}
    }
}
