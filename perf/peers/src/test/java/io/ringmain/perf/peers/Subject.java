package io.ringmain.perf.peers;

/** A window operator that is examined. */
@FunctionalInterface
interface Subject {

    /** Gives the operator the events one by one, tells it after each how far time has come, and at the end that there are no more. */
    Outcome run(Script script) throws Exception;
}
