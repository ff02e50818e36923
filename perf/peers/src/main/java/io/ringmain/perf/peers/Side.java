package io.ringmain.perf.peers;

/** One of those that are measured. */
interface Side {

    String title();

    /** On how many threads, or subtasks of each kind, it computes. */
    String threads();

    /** Gets ready to run: nothing of it is measured. What it returns is closed after the run. */
    Started start() throws Exception;

    /** One that is ready. */
    interface Started extends AutoCloseable {

        /** Takes all events of {@code feed}, from the first to the last row of the answer. */
        void run(Feed feed, Answer answer) throws Exception;

        @Override
        void close();
    }
}
