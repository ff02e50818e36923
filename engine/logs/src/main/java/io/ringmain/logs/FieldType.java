package io.ringmain.logs;

/** What a field, or an expression, is known to hold before the first line is read. */
public enum FieldType {
    /** Text. */
    TEXT,
    /** A number, whole or not. */
    NUMBER,
    /** Yes or no. */
    BOOLEAN,
    /** A moment. */
    TIME,
    /** A span of time, in nanoseconds. */
    DURATION,
    /** How much an event matters. */
    LEVEL,
    /** Each line may hold something else, or nothing. */
    ANY
}
