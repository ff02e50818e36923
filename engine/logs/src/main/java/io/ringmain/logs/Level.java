package io.ringmain.logs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much an event matters, least first. */
public enum Level {
    /** Every step; also FINER, FINEST, VERBOSE. */
    TRACE(0),
    /** For whoever looks for a fault; also FINE, CONFIG. */
    DEBUG(1),
    /** The normal course; also NOTICE, INFORMATION. */
    INFO(2),
    /** Not yet a failure; also WARNING. */
    WARN(3),
    /** Something failed; also ERR, SEVERE. */
    ERROR(4),
    /** The program, or more, cannot go on; also CRIT, CRITICAL, ALERT, EMERG, EMERGENCY, PANIC. */
    FATAL(5);

    private final int rank;

    Level(int rank) {
        this.rank = rank;
    }

    /** Its place in the order, from 0. */
    public int rank() {
        return rank;
    }

    /** The name as bytes. */
    public Text text() {
        return LevelWords.name(this);
    }

    /** The other words that mean this level, in capitals. */
    public List<String> aliases() {
        return LevelWords.aliases(this);
    }

    /** Whether this level matters at least as much as {@code least}. */
    public boolean isAtLeast(Level least) {
        return rank >= least.rank;
    }

    /** Returns the level that a word means, in whatever case, or null. Never allocates, never throws on data. */
    public static @Nullable Level of(byte[] bytes, int offset, int length) {
        return LevelWords.find(bytes, offset, length);
    }

    /** Whether a word is this level's name, in whatever case, and not an alias. Never allocates. */
    public boolean isNamed(byte[] bytes, int offset, int length) {
        return LevelWords.isName(this, bytes, offset, length);
    }

    /** Returns the level that {@code word} means, in whatever case, or null. Allocates. */
    public static @Nullable Level of(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }
}
