package io.ringmain.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Tells a running command that somebody wants it to end. */
@FunctionalInterface
interface Signals {

    /** Registers what to do, on a thread of its own, at the first SIGINT or SIGTERM; it is given the signal's name. */
    void onFirst(Consumer<String> action);

    /** Never tells anything; for tests in a JVM that has other things to do. */
    static Signals none() {
        return action -> {};
    }

    /** The signals of this process. The second one halts it at once, with 128 and the signal's number. */
    static Signals ofProcess(Screen screen) {
        return action -> {
            AtomicBoolean first = new AtomicBoolean(true);
            for (String name : new String[] {"INT", "TERM"}) {
                install(name, number -> {
                    if (first.getAndSet(false)) {
                        action.accept("SIG" + name);
                    } else {
                        screen.err().println("SIG" + name + " again: halting");
                        screen.flush();
                        Runtime.getRuntime().halt(128 + number);
                    }
                });
            }
        };
    }

    /**
     * Calls {@code action} with the number of the signal, on a new thread, whenever it comes.
     *
     * <p>By reflection, because javac warns of {@code sun.misc} and warnings are errors. There is no other way: a shutdown hook cannot
     * choose the exit code and never sees a second signal.
     */
    private static void install(String name, IntConsumer action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method number = signal.getMethod("getNumber");
            InvocationHandler call = (proxy, method, args) -> switch (method.getName()) {
                case "handle" -> {
                    action.accept((Integer) number.invoke(args[0]));
                    yield null;
                }
                case "equals" -> proxy == args[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "ringmain's handler of SIG" + name;
            };
            Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, call);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException notHere) {
            // A JVM without this class, or one that was told to leave signals alone (-Xrs): its own handling stays.
            System.getLogger("io.ringmain.cli")
                    .log(System.Logger.Level.DEBUG, "The signal cannot be handled. signal=" + name, notHere);
        }
    }
}
