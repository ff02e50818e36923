package io.ringmain.journal;

/** What becomes of letters, or of runs, when there is as much of them, or they are as old, as may be. */
public enum WhenOutgrown {

    /** There is no room for more letters: the pipeline does as it was told for that, and waits unless it was told otherwise. A run ends with a failure. */
    FULL,

    /** The oldest files are deleted, with whatever letters or runs are in them: counted and logged, and lost. Of a run that goes on nothing is. */
    DROP_OLDEST
}
