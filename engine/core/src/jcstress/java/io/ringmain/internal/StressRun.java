package io.ringmain.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;

/**
 * Runs the stress tests, and fails unless all that were asked for have run: jcstress takes a name that nothing has for success, and leaves
 * out tests with more actors than there are cores, which none of its options changes.
 */
public final class StressRun {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    private StressRun() {}

    /** Runs what the options of jcstress select; a test that fails, or did not run, is an exception. */
    public static void main(String[] args) throws Exception {
        Options options = new Options(args);
        if (!options.parse()) {
            throw new IllegalArgumentException(String.join(" ", args) + " (expected: options of jcstress)");
        }
        JCStress stress = new JCStress(options);
        SortedSet<String> tests = stress.getTests();
        if (tests.isEmpty()) {
            throw new IllegalStateException("jcstress.tests: " + options.getTestFilter() + " (expected: one or more of "
                    + new JCStress(all()).getTests() + ')');
        }
        for (String test : tests) {
            Files.deleteIfExists(page(options, test));
        }
        stress.run();
        check(options, tests);
    }

    private static Options all() throws IOException {
        Options all = new Options(new String[0]);
        all.parse();
        return all;
    }

    /** The report has a page for each test that has run. */
    private static Path page(Options options, String test) {
        return Path.of(options.getResultDest(), test + ".html");
    }

    private static void check(Options options, SortedSet<String> tests) {
        List<String> missing = new ArrayList<>();
        for (String test : tests) {
            if (!Files.exists(page(options, test))) {
                missing.add(test);
            }
        }
        String count = (tests.size() - missing.size()) + " of " + tests.size() + " stress tests have run";
        if (!missing.isEmpty()) {
            throw new IllegalStateException(count + ", on " + options.getCPUCount() + " cores; not " + missing
                    + " (expected: a core for each actor); run them on a larger machine");
        }
        LOGGER.log(System.Logger.Level.INFO, count + '.');
    }
}
