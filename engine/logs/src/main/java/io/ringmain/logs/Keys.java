package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The names of the fields of one pipeline's events, as small numbers. Stages ask for a number once, when they are made, and use it
 * for every event; parsers of lines that bring their own names look them up by bytes.
 *
 * <p>Thread: any; a lookup takes no lock. A name keeps its number as long as the object lives.
 */
public final class Keys {

    /** {@code level}: {@link LogEvent#level}. Not among the {@link Fields}. */
    public static final int LEVEL = -1;

    /** {@code timestamp}: {@link LogEvent#timeNs}. Not among the {@link Fields}. */
    public static final int TIMESTAMP = -2;

    /** {@code line}: the whole line. Not among the {@link Fields}. */
    public static final int LINE = -3;

    /** {@code level_word}, the word that a line had for its level where that is not the level's name: {@value}. */
    public static final int LEVEL_WORD = 0;

    /** {@code ingest_time}, when the event was taken in: {@value}. */
    public static final int INGEST_TIME = 1;

    /** {@code message}: {@value}. */
    public static final int MESSAGE = 2;

    /** {@code source}: {@value}. */
    public static final int SOURCE = 3;

    /** The name of the field in which the name of the plan's source stands, where the plan asks for it or for the type: {@value}. */
    public static final String SOURCE_NAME = "source.name";

    /** The name of the field in which the type of the plan's source stands, where the plan asks for it or for the name: {@value}. */
    public static final String SOURCE_TYPE = "source.type";

    /** What {@link #find} and {@link #id(byte[], int, int)} return for no key: {@value}. */
    public static final int NONE = Integer.MIN_VALUE;

    /** The most keys: {@value}. */
    public static final int COUNT_MAX = 4096;

    private static final List<String> BUILT_IN = List.of("level", "timestamp", "line");

    private final Object lock = new Object();

    // Whoever asks about one of them has got it from whoever has added it.
    private int sourceName = NONE;
    private int sourceType = NONE;

    // Replaced as a whole when a name is added; so readers need no lock.
    private volatile Names names = new Names();

    /** Makes a dictionary that has the constants of this class only. */
    public Keys() {
        BUILT_IN.forEach(name -> add(Text.of(name), -1 - BUILT_IN.indexOf(name)));
        id("level_word");
        id("ingest_time");
        id("message");
        id("source");
    }

    /** Whether the field {@code key} tells where an event comes from and when, and nothing of what its line says. */
    public boolean isOfIntake(int key) {
        return key == SOURCE || key == INGEST_TIME || key == sourceName || key == sourceType;
    }

    /**
     * Returns the number of {@code name}, a new one if it has none yet.
     *
     * @throws IllegalStateException if there are {@value #COUNT_MAX} already
     */
    public final int id(String name) {
        byte[] bytes = requireNonNull(name, "name").getBytes(StandardCharsets.UTF_8);
        int id = id(bytes, 0, bytes.length);
        if (id == NONE) {
            throw new IllegalStateException(
                    "keys: " + COUNT_MAX + " and another one, " + name + " (expected: <= " + COUNT_MAX + ')');
        }
        return id;
    }

    /** Returns the number of a name, a new one if it has none yet, or {@link #NONE} if there are {@value #COUNT_MAX} already. */
    public final int id(byte[] bytes, int offset, int length) {
        int known = find(bytes, offset, length);
        if (known != NONE) {
            return known;
        }
        synchronized (lock) {
            known = find(bytes, offset, length);
            if (known != NONE || names.count == COUNT_MAX) {
                return known;
            }
            return add(Text.of(bytes, offset, length), names.count);
        }
    }

    private int add(Text name, int id) {
        switch (name.toString()) {
            case SOURCE_NAME -> sourceName = id;
            case SOURCE_TYPE -> sourceType = id;
            default -> {}
        }
        names = names.with(name, id);
        return id;
    }

    /** Returns the number of a name, or {@link #NONE}. Never allocates. */
    public int find(byte[] bytes, int offset, int length) {
        return names.find(bytes, offset, length);
    }

    /** The name of {@code id}, a number that {@link #id} has returned. */
    public String name(int id) {
        return text(id).toString();
    }

    /** The name of {@code id} as bytes. Never allocates. */
    public Text text(int id) {
        return names.text(id);
    }

    /** All names that have a number from 0 on, by their numbers. Allocates. */
    public List<String> names() {
        Names known = names;
        return IntStream.range(0, known.count)
                .mapToObj(id -> known.text(id).toString())
                .toList();
    }

    /** An open-addressed table, at most half full, of names by their bytes, and the names by their numbers. */
    private static final class Names {

        private final @Nullable Text[] table;
        private final int[] ids;
        private final Text[] byId;
        private final int count;

        Names() {
            table = new Text[64];
            ids = new int[64];
            byId = new Text[0];
            count = 0;
        }

        private Names(Names from, Text name, int id) {
            int size = 2 * (from.byId.length + 1) > from.table.length ? 2 * from.table.length : from.table.length;
            table = new Text[size];
            ids = new int[size];
            // The built-in names come first.
            byId = Arrays.copyOf(from.byId, from.byId.length + 1);
            byId[from.byId.length] = name;
            count = id < 0 ? 0 : id + 1;
            for (int i = 0; i < byId.length; i++) {
                place(byId[i], i < BUILT_IN.size() ? -1 - i : i - BUILT_IN.size());
            }
        }

        Names with(Text name, int id) {
            return new Names(this, name, id);
        }

        private void place(Text name, int id) {
            int mask = table.length - 1;
            int i = (int) name.hash() & mask;
            while (table[i] != null) {
                i = (i + 1) & mask;
            }
            table[i] = name;
            ids[i] = id;
        }

        int find(byte[] bytes, int offset, int length) {
            long hash = Spans.hash(bytes, offset, length);
            int mask = table.length - 1;
            for (int i = (int) hash & mask; ; i = (i + 1) & mask) {
                Text name = table[i];
                if (name == null) {
                    return NONE;
                }
                if (name.hash() == hash && Spans.equal(bytes, offset, length, name.bytes())) {
                    return ids[i];
                }
            }
        }

        Text text(int id) {
            return byId[id < 0 ? -1 - id : id + BUILT_IN.size()];
        }
    }
}
