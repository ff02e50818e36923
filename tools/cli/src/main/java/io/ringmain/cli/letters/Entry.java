package io.ringmain.cli.letters;

import io.ringmain.journal.Letter;
import io.ringmain.journal.LetterState;
import java.util.OptionalLong;

/**
 * A letter and what became of it.
 *
 * @param letter the letter
 * @param state what it is now
 * @param stateTimeNs when it became that, in epoch nanoseconds; 0 if it is open
 * @param child the letter that it has become, if its number is known
 */
public record Entry(Letter letter, LetterState state, long stateTimeNs, OptionalLong child) {}
