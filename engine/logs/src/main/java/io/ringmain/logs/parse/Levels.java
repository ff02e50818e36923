package io.ringmain.logs.parse;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;

/** How a level's word is taken over from a line. Thread: any; never allocates. */
final class Levels {

    private Levels() {}

    /**
     * Sets the level that a word means. The word is kept in {@link Keys#LEVEL_WORD} if it is not the level's name in whatever case;
     * one that means no level at all is only kept, and the event has no level then.
     *
     * @param bytes the event's bytes or its spare bytes
     * @return {@code false} if the event has no room for the word; nothing is set then
     */
    static boolean set(LogEvent event, byte[] bytes, int offset, int length) {
        Level level = Level.of(bytes, offset, length);
        boolean isName = level != null && level.isNamed(bytes, offset, length);
        if (!isName && !keepWord(event, bytes, offset, length)) {
            return false;
        }
        if (level != null) {
            event.setLevel(level);
        }
        return true;
    }

    private static boolean keepWord(LogEvent event, byte[] bytes, int offset, int length) {
        return bytes == event.spare()
                ? event.fields().putSpare(Keys.LEVEL_WORD, offset, length)
                : event.fields().putSpan(Keys.LEVEL_WORD, offset, length);
    }
}
