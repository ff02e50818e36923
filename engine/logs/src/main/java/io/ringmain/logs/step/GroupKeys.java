package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.KeyTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which group an event belongs to: the values of some of its fields. */
final class GroupKeys {

    // One key that is a small number, such as a status, or a level, needs neither a hash nor a comparison.
    private static final int NUMBERS = 1024;
    private static final int LEVELS = 8;

    // Several keys that are all constants, such as level and source, are known again by their references.
    private static final int CONSTANTS = 64;

    private final int[] fields;
    private final FieldKeying keying;
    private final KeyTable table;
    private final KeyBytes key = new KeyBytes();
    private final Value value = new Value();
    private final int[] direct = new int[NUMBERS + LEVELS];
    private final @Nullable Text[] constants;
    private final @Nullable Text[] constantsSeen;
    private final int[] constantsNumbers = new int[CONSTANTS];

    GroupKeys(Keys keys, List<String> names, int groupsMax) {
        fields = names.stream().mapToInt(keys::id).toArray();
        keying = new FieldKeying(keys, names);
        table = new KeyTable(groupsMax);
        constants = new Text[fields.length];
        constantsSeen = new Text[CONSTANTS * fields.length];
    }

    /** How many groups there are, without the one of all others. */
    int count() {
        return table.count();
    }

    /** Returns the number of the event's group, {@link KeyTable#OTHER} if there is no room for it. */
    int number(LogEvent event) {
        if (fields.length == 1) {
            return numberOfOne(event);
        }
        int place = fields.length == 0 ? -1 : constantsPlace(event);
        if (place >= 0 && isAt(place)) {
            return constantsNumbers[place];
        }
        KeyBuffer its = keying.of(event);
        if (its == null) {
            return KeyTable.OTHER;
        }
        int number = table.number(its);
        if (place >= 0) {
            System.arraycopy(constants, 0, constantsSeen, place * fields.length, fields.length);
            constantsNumbers[place] = number;
        }
        return number;
    }

    /** Reads the fields into {@link #constants}; returns where their group may be known from, -1 if one of them is no constant. */
    private int constantsPlace(LogEvent event) {
        long hash = 0;
        for (int i = 0; i < fields.length; i++) {
            event.read(fields[i], value);
            Text constant = value.isMissing() ? null : value.constant();
            if (constant == null) {
                return -1;
            }
            constants[i] = constant;
            hash = 31 * hash + constant.hash();
        }
        return (int) hash & (CONSTANTS - 1);
    }

    @SuppressWarnings("ReferenceEquality") // A constant that is equal but another object only misses the short way.
    private boolean isAt(int place) {
        for (int i = 0; i < fields.length; i++) {
            if (constantsSeen[place * fields.length + i] != constants[i]) {
                return false;
            }
        }
        return true;
    }

    private int numberOfOne(LogEvent event) {
        event.read(fields[0], value);
        int place = directPlace();
        if (place >= 0 && direct[place] != 0) {
            return direct[place];
        }
        key.clear();
        if (!key.add(value)) {
            return KeyTable.OTHER;
        }
        int number = table.number(key);
        if (place >= 0) {
            direct[place] = number;
        }
        return number;
    }

    private int directPlace() {
        if (value.kind() == Value.Kind.LONG) {
            long number = value.longValue();
            return number >= 0 && number < NUMBERS ? (int) number : -1;
        }
        return value.kind() == Value.Kind.LEVEL ? NUMBERS + value.level().rank() : -1;
    }

    /** Writes the keys of all groups. */
    void save(DataOutput out) throws IOException {
        table.save(out);
    }

    /** Takes over the keys that {@link #save} wrote, with their numbers. There are none yet. */
    void load(DataInput in) throws IOException {
        table.load(in, key);
    }

    /** Returns the number here of the group that has {@code number} in {@code from}. */
    int number(GroupKeys from, int number) {
        return table.number(from.table, number, key);
    }

    /** Returns the numbers of all groups in the order of their keys. */
    int[] ordered() {
        Integer[] numbers = new Integer[table.count()];
        Arrays.setAll(numbers, i -> i + 1);
        Arrays.sort(numbers, order());
        return Arrays.stream(numbers).mapToInt(Integer::intValue).toArray();
    }

    private Comparator<Integer> order() {
        return (left, right) -> keying.compare(table, left, right);
    }

    /** Puts the key of a group into {@code row}. */
    void write(int number, LogEvent row) {
        if (number == KeyTable.OTHER) {
            keying.write(null, 0, row);
        } else {
            keying.write(table.bytes(), table.offset(number), row);
        }
    }
}
