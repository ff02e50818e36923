package io.ringmain.logs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that mean a level, ready to be found from bytes: few per length, names before aliases. */
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

    /** How many letters of a word are compared at once; all names are shorter. */
    private static final int PACKED_MAX = 8;

    private static final Text[] NAMES = names();
    private static final long[] PACKED_NAMES = packedNames();
    private static final Word[][] BY_LENGTH = byLength();

    private LevelWords() {}

    static Text name(Level level) {
        return NAMES[level.rank()];
    }

    static List<String> aliases(Level level) {
        return ALIASES.get(level.rank());
    }

    static @Nullable Level find(byte[] bytes, int offset, int length) {
        if (length >= BY_LENGTH.length) {
            return null;
        }
        Word[] words = BY_LENGTH[length];
        long packed = packed(bytes, offset, length);
        for (Word word : words) {
            if (word.packed == packed && (length <= PACKED_MAX || word.matches(bytes, offset))) {
                return word.level;
            }
        }
        return null;
    }

    /** Whether the word is the level's name, in whatever case. */
    static boolean isName(Level level, byte[] bytes, int offset, int length) {
        return length == NAMES[level.rank()].length() && packed(bytes, offset, length) == PACKED_NAMES[level.rank()];
    }

    /** The first eight letters in one number, as capitals; other bytes stay what they are, so none becomes a letter. */
    private static long packed(byte[] bytes, int offset, int length) {
        long packed = 0;
        for (int i = offset, end = offset + Math.min(length, PACKED_MAX); i < end; i++) {
            int b = bytes[i];
            packed = packed << 8 | (b >= 'a' && b <= 'z' ? b - ('a' - 'A') : b & 0xff);
        }
        return packed;
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
            packed[i] = packed(NAMES[i].bytes(), 0, NAMES[i].length());
        }
        return packed;
    }

    private static Word[][] byLength() {
        List<List<Word>> words = new ArrayList<>();
        for (Level level : LEVELS) {
            put(Text.of(level.name()), level, words);
        }
        for (Level level : LEVELS) {
            aliases(level).forEach(alias -> put(Text.of(alias), level, words));
        }
        return words.stream().map(list -> list.toArray(new Word[0])).toArray(Word[][]::new);
    }

    private static void put(Text word, Level level, List<List<Word>> words) {
        while (words.size() <= word.length()) {
            words.add(new ArrayList<>());
        }
        words.get(word.length()).add(new Word(word.bytes(), level));
    }

    private static final class Word {
        final byte[] upper;
        final long packed;
        final Level level;

        Word(byte[] upper, Level level) {
            this.upper = upper;
            packed = packed(upper, 0, upper.length);
            this.level = level;
        }

        boolean matches(byte[] bytes, int offset) {
            return Spans.equalIgnoringCase(bytes, offset, upper.length, upper);
        }
    }
}
