package io.ringmain.journal;

/** What becomes of letters when their store is as large, or they are as old, as they may be. */
public enum WhenOutgrown {

    /** There is no room for more: the pipeline does as it was told for that, and waits unless it was told otherwise. */
    FULL,

    /** The oldest files are deleted, with whatever letters are in them: counted and logged, and lost. */
    DROP_OLDEST
}
