package io.ringmain.perf.nab;

/** Says to each value of one series how unusual it is, in the order of the values. */
@FunctionalInterface
interface Detector {

    /** Returns a score from 0 to 1; 1 is most unusual. */
    double score(long timeNs, double value);
}
