package io.ringmain.cli;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loggers that say nothing by themselves: what the engine logs for embedders, with stack traces, a command says in sentences and once. One that runs for days
 * and has no such sentences can have the engine's warnings told.
 *
 * <p>Thread: any. Made by the JDK, which finds it as a service.
 */
public final class QuietLoggers extends System.LoggerFinder {

    private static final String ENGINE = "io.ringmain";
    private static final System.Logger QUIET = new Quiet();
    private static final System.Logger TOLD = new Told();
    private static volatile @Nullable Consumer<String> listener;

    /** Makes what the JDK asks for. */
    public QuietLoggers() {}

    /** Tells {@code to} the warnings of the engine from now on, on the threads that have them, each as a line; null tells nobody. */
    static void tell(@Nullable Consumer<String> to) {
        listener = to;
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return name.startsWith(ENGINE) ? TOLD : QUIET;
    }

    private static class Quiet implements System.Logger {

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

    private static final class Told extends Quiet {

        @Override
        public boolean isLoggable(Level level) {
            return listener != null && level.getSeverity() >= Level.WARNING.getSeverity();
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
            Consumer<String> to = listener;
            if (to != null && isLoggable(level)) {
                to.accept(thrown == null ? String.valueOf(text) : text + " " + thrown.getMessage());
            }
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            String line = values == null || values.length == 0 ? format : MessageFormat.format(format, values);
            log(level, bundle, line, (Throwable) null);
        }
    }
}
