package io.ringmain.logs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that mean a level, ready to be found from bytes, eight letters at once. */
final class LevelWords {

    private static final Level[] LEVELS = Level.values();

    // By the rank of the level.
    private static final List<List<String>> ALIASES = List.of(
            List.of("TRC", "FINER", "FINEST", "VERBOSE"),
            List.of("DBG", "FINE", "CONFIG"),
            List.of("INF", "NOTICE", "INFORMATION", "INFORMATIONAL"),
            List.of("WRN", "WARNING"),
            List.of("ERR", "SEVERE"),
            List.of("FTL", "CRIT", "CRITICAL", "ALERT", "EMERG", "EMERGENCY", "PANIC"));

    private static final int WORDS_MAX = 64;

    private static final Text[] NAMES = names();
    private static final long[] PACKED_NAMES = packedNames();

    // Words of up to eight letters, by their hash; names come first, so the usual word is found at the first look.
    private static final long[] WORDS = new long[WORDS_MAX];
    private static final @Nullable Level[] WORD_LEVELS = new Level[WORDS_MAX];
    private static final List<LongWord> LONG_WORDS = new ArrayList<>();

    private record LongWord(Text upper, Level level) {}

    static {
        for (Level level : LEVELS) {
            put(NAMES[level.rank()], level);
        }
        for (Level level : LEVELS) {
            aliases(level).forEach(alias -> put(Text.of(alias), level));
        }
    }

    private LevelWords() {}

    static Text name(Level level) {
        return NAMES[level.rank()];
    }

    static List<String> aliases(Level level) {
        return ALIASES.get(level.rank());
    }

    static @Nullable Level find(byte[] bytes, int offset, int length) {
        if (length > Long.BYTES) {
            return findLong(bytes, offset, length);
        }
        long packed = capitals(bytes, offset, length);
        int place = place(packed);
        while (WORDS[place] != packed && WORDS[place] != 0) {
            place = (place + 1) & (WORDS_MAX - 1);
        }
        return WORD_LEVELS[place];
    }

    private static @Nullable Level findLong(byte[] bytes, int offset, int length) {
        for (LongWord word : LONG_WORDS) {
            if (Spans.equalIgnoringCase(bytes, offset, length, word.upper.bytes())) {
                return word.level;
            }
        }
        return null;
    }

    /** Whether the word is the level's name, in whatever case. */
    static boolean isName(Level level, byte[] bytes, int offset, int length) {
        return length <= Long.BYTES && capitals(bytes, offset, length) == PACKED_NAMES[level.rank()];
    }

    /** The word in one number, or 0 if there is none; one that ends with a zero byte would look like one without it. */
    private static long capitals(byte[] bytes, int offset, int length) {
        return length == 0 || bytes[offset + length - 1] == 0 ? 0 : Spans.capitals(Spans.packed(bytes, offset, length));
    }

    private static int place(long packed) {
        return (int) ((packed * 0x9e3779b97f4a7c15L) >>> 58);
    }

    private static Text[] names() {
        Text[] names = new Text[LEVELS.length];
        for (Level level : LEVELS) {
            names[level.rank()] = Text.of(level.name());
        }
        return names;
    }

    private static long[] packedNames() {
        long[] packed = new long[NAMES.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = Spans.packed(NAMES[i].bytes(), 0, NAMES[i].length());
        }
        return packed;
    }

    private static void put(Text word, Level level) {
        if (word.length() > Long.BYTES) {
            LONG_WORDS.add(new LongWord(word, level));
            return;
        }
        long packed = Spans.packed(word.bytes(), 0, word.length());
        int place = place(packed);
        while (WORDS[place] != 0) {
            place = (place + 1) & (WORDS_MAX - 1);
        }
        WORDS[place] = packed;
        WORD_LEVELS[place] = level;
    }
}
