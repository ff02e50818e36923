package io.ringmain.config;

/** What something that was written survives. */
public enum Durability {
    /** The death of the process, also by {@code kill -9}: the operating system has it. A power cut may take the last seconds. */
    OS,
    /** A power cut too: it was forced to the disk. */
    FSYNC
}
