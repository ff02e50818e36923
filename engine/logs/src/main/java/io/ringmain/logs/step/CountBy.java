package io.ringmain.logs.step;

import io.ringmain.logs.Level;

/** What events are counted by. */
public enum CountBy {
    /** The level; ordered as {@link Level}. */
    LEVEL,
    /** The source; ordered by its bytes. */
    SOURCE
}
