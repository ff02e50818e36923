package io.ringmain.perf.topology;

import io.ringmain.perf.work.Feed;
import io.ringmain.perf.work.Side;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The way to Disruptor 3.4.4, which has the same names as the one on the class path: a class loader that has the old jar, what was compiled
 * against it, and of the Disruptor on the class path nothing. The build puts both beside the classes, under {@value #FOLDER}.
 */
final class OldDisruptor {

    private static final String FOLDER = "disruptor3";
    private static final String SIDE = "io.ringmain.perf.workerpool.WorkerPoolSide";

    private OldDisruptor() {}

    private static final class Holder {
        static final ClassLoader LOADER = open(folder());
    }

    /** All that this JVM has, except for the newer Disruptor. */
    private static final class WithoutDisruptor extends ClassLoader {

        WithoutDisruptor(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.lmax.disruptor.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    private static Path folder() {
        try {
            Path classes = Path.of(OldDisruptor.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolveSibling(FOLDER);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The place of the classes is no path.", e);
        }
    }

    private static ClassLoader open(Path folder) {
        Path jar = folder.resolve("disruptor.jar");
        Path classes = folder.resolve("classes");
        if (!Files.exists(jar) || !Files.isDirectory(classes)) {
            throw new IllegalStateException(
                    folder + ": not complete (expected: made by mvn -B -q package -pl perf -am -DskipTests)");
        }
        try {
            URL[] urls = {jar.toUri().toURL(), classes.toUri().toURL()};
            return new URLClassLoader(urls, new WithoutDisruptor(OldDisruptor.class.getClassLoader()));
        } catch (MalformedURLException e) {
            throw new IllegalStateException(folder + ": no URL (expected: a path)", e);
        }
    }

    /** Starts the pool of workers. */
    static Side workerPool(Feed feed, boolean blocking) {
        try {
            return Class.forName(SIDE, true, Holder.LOADER)
                    .asSubclass(Side.class)
                    .getConstructor(Feed.class, boolean.class)
                    .newInstance(feed, blocking);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(SIDE + " did not start.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(SIDE + ": not to be had (expected: compiled against Disruptor 3)", e);
        }
    }
}
