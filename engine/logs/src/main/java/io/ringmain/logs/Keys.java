package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of the fields of one pipeline's events, as small numbers. Stages ask for a number once, when they are made, and use it
 * for every event.
 *
 * <p>Thread: any. A name keeps its number as long as the object lives.
 */
public final class Keys {

    /** The word that a line had for its level where that is not the level's name: {@value}. */
    public static final int LEVEL_WORD = 0;

    /** When the event was taken in, epoch nanoseconds: {@value}. */
    public static final int INGEST_TIME = 1;

    /** The most keys: {@value}. */
    public static final int COUNT_MAX = 4096;

    private final Object lock = new Object();
    private final Map<String, Integer> idByName = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** Makes a dictionary that has the constants of this class only. */
    public Keys() {
        id("level_word");
        id("ingest_time");
    }

    /**
     * Returns the number of {@code name}, a new one if it has none yet.
     *
     * @throws IllegalStateException if there are {@value #COUNT_MAX} already
     */
    public final int id(String name) {
        requireNonNull(name, "name");
        synchronized (lock) {
            Integer known = idByName.get(name);
            if (known != null) {
                return known;
            }
            if (names.size() == COUNT_MAX) {
                throw new IllegalStateException(
                        "keys: " + COUNT_MAX + " and another one, " + name + " (expected: <= " + COUNT_MAX + ')');
            }
            names.add(name);
            idByName.put(name, names.size() - 1);
            return names.size() - 1;
        }
    }

    /** The name of {@code id}, a number that {@link #id} has returned. */
    public String name(int id) {
        synchronized (lock) {
            return names.get(id);
        }
    }
}
