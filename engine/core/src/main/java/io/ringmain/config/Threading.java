package io.ringmain.config;

/** Which stages share a thread. */
public sealed interface Threading {

    /**
     * As few threads as the work needs: the stages between two boundaries share one lane, and sinks that never block run on
     * the thread of the lane before them. On a single core the sources share that thread too.
     *
     * @param cores how many cores there are, at least 1
     */
    record Auto(int cores) implements Threading {

        /** Checks the number. */
        public Auto {
            if (cores < 1) {
                throw new IllegalArgumentException("threading.cores: " + cores + " (expected: >= 1)");
            }
        }
    }

    /** A lane and a thread for each stage and each sink. */
    record PerStage() implements Threading {}

    /** Returns {@link Auto} for the cores found on this machine. */
    static Threading auto() {
        return new Auto(Runtime.getRuntime().availableProcessors());
    }

    /** Returns {@link PerStage}. */
    static Threading perStage() {
        return new PerStage();
    }
}
