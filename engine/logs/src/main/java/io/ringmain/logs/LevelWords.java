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

    private static final Text[] NAMES = names();
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
        for (Word word : BY_LENGTH[length]) {
            if (Spans.equalIgnoringCase(bytes, offset, length, word.upper)) {
                return word.level;
            }
        }
        return null;
    }

    private static Text[] names() {
        Text[] names = new Text[LEVELS.length];
        for (Level level : LEVELS) {
            names[level.rank()] = Text.of(level.name());
        }
        return names;
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
        final Level level;

        Word(byte[] upper, Level level) {
            this.upper = upper;
            this.level = level;
        }
    }
}
