package io.ringmain.journal;

/**
 * What became of a letter.
 *
 * @param letter its number
 * @param state what it is now
 * @param child the letter that it has become, where there is one and its number is known; else {@link LetterFormat#NONE}
 * @param timeNs when, in epoch nanoseconds
 */
record Mark(long letter, LetterState state, long child, long timeNs) {}
