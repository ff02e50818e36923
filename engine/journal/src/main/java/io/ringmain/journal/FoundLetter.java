package io.ringmain.journal;

import java.util.OptionalLong;

/**
 * A letter and what has become of it.
 *
 * @param state what it is
 * @param stateTimeNs when it became that, in epoch nanoseconds; 0 if it is open
 * @param child the letter that it has become, if it is another one now
 */
public record FoundLetter(Letter letter, LetterState state, long stateTimeNs, OptionalLong child) {}
