package io.ringmain.journal;

/** What a letter survives once it is written. */
public enum Durability {

    /** The end of the process, kill -9 too: it is in the system's memory. What the machine takes with it when it ends is the system's choice. */
    OS,

    /** The end of the machine too: all that has gathered is forced to the disk, together. */
    FSYNC
}
