package io.ringmain.logs.parse;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the line that is being read, kept apart until it is certain that all of the line is right.
 *
 * <p>Thread: one lane. Never allocates once it has held the most fields.
 */
final class JsonFields {

    private final JsonNames names;
    // Where the fields are kept; apart from them what may be level or time, with minus 1 minus the role as its key.
    private final LogEvent draft = new LogEvent();
    private final LogEvent partsDraft = new LogEvent();
    private final Fields fields = draft.fields();
    private final Fields parts = partsDraft.fields();
    // By key: the last line that has had it, so that nothing has to be cleared.
    private final long[] seen = new long[Keys.COUNT_MAX];
    private long line;
    private boolean isNew;

    // In bits: the roles that the line has, and those that are played.
    private int roles;
    private int played;
    // By role: where a number stands, and the key of a field that has the name and does not play the part.
    private final int[] numberOffsets = new int[JsonNames.ROLES.size()];
    private final int[] numberLengths = new int[JsonNames.ROLES.size()];
    private final int[] roleKeys = new int[JsonNames.ROLES.size()];

    private ParseResult failure = ParseResult.FIELDS_FULL;
    private @Nullable Level level;
    private long timeNs;

    JsonFields(Keys keys, JsonNames names) {
        this.names = names;
        for (int role = 0; role < roleKeys.length; role++) {
            String name = JsonNames.ROLES.get(role);
            roleKeys[role] = keys.id(keys.id(name) < 0 ? JsonNames.fieldName(name) : name);
        }
    }

    /** Why the last call has failed. */
    ParseResult failure() {
        return failure;
    }

    /** Begins another line. */
    void clear() {
        draft.clear();
        line++;
        roles = 0;
        played = 0;
        level = null;
        timeNs = LogEvent.NO_TIME;
    }

    // Each of these keeps the value of a name; what the line had under the same name before is forgotten.

    boolean putSpan(int name, int offset, int length) {
        int key = key(name);
        Fields to = home(key);
        return key != Keys.NONE && (isNew ? to.addSpan(key, offset, length) : to.putSpan(key, offset, length));
    }

    boolean putSpare(int name, int offset, int length) {
        int key = key(name);
        Fields to = home(key);
        return key != Keys.NONE && (isNew ? to.addSpare(key, offset, length) : to.putSpare(key, offset, length));
    }

    boolean putJson(int name, int offset, int length) {
        int key = key(name);
        Fields to = home(key);
        return key != Keys.NONE && (isNew ? to.addJson(key, offset, length) : to.putJson(key, offset, length));
    }

    boolean putBoolean(int name, boolean value) {
        int key = key(name);
        Fields to = home(key);
        return key != Keys.NONE && (isNew ? to.addBoolean(key, value) : to.putBoolean(key, value));
    }

    boolean putNull(int name) {
        int key = key(name);
        Fields to = home(key);
        return key != Keys.NONE && (isNew ? to.addNull(key) : to.putNull(key));
    }

    /** As the others; the number stands at {@code offset}. */
    boolean putNumber(int name, JsonNumber number, int offset, int length) {
        if (number.kind() == JsonNumber.Kind.TOO_LARGE) {
            return putJson(name, offset, length);
        }
        int key = key(name);
        if (key < 0) {
            if (key == Keys.NONE) {
                return false;
            }
            numberOffsets[-1 - key] = offset;
            numberLengths[-1 - key] = length;
        }
        Fields to = home(key);
        if (number.kind() == JsonNumber.Kind.WHOLE) {
            return isNew ? to.addLong(key, number.whole()) : to.putLong(key, number.whole());
        }
        return isNew ? to.addDouble(key, number.decimal()) : to.putDouble(key, number.decimal());
    }

    private Fields home(int key) {
        return key >= 0 ? fields : parts;
    }

    /** The key to keep a value under, or {@link Keys#NONE} if there are too many; finds whether it is new in the line. */
    private int key(int name) {
        int key = names.target(name);
        failure = key == Keys.NONE ? ParseResult.KEYS_FULL : ParseResult.FIELDS_FULL;
        if (key < 0 && key != Keys.NONE) {
            key = keyOfRole(-1 - key);
        }
        if (key >= 0) {
            isNew = seen[key] != line;
            seen[key] = line;
        }
        return key;
    }

    private int keyOfRole(int role) {
        boolean isFirst = !hasRole(role);
        if (roles == 0) {
            partsDraft.clear();
        }
        roles |= 1 << role;
        if (role == JsonNames.MSG) {
            return hasRole(JsonNames.MESSAGE) ? roleKeys[role] : Keys.MESSAGE;
        }
        if (role == JsonNames.MESSAGE) {
            if (isFirst && hasRole(JsonNames.MSG)) {
                // The other one has been taken for it.
                fields.rename(Keys.MESSAGE, roleKeys[JsonNames.MSG]);
                seen[roleKeys[JsonNames.MSG]] = line;
                seen[Keys.MESSAGE] = line - 1;
            }
            return Keys.MESSAGE;
        }
        isNew = isFirst;
        return -1 - role;
    }

    private boolean hasRole(int role) {
        return (roles >> role & 1) != 0;
    }

    /** Gives the line's fields, level and time to the event; {@code false} if there is no room, and the event is as it was. */
    boolean moveTo(LogEvent event) {
        if (roles != 0) {
            findLevel(event);
            findTime(event);
            if ((roles & ~played & JsonNames.PARTS) != 0) {
                giveOwnKeys();
                if (!fields.putAll(parts)) {
                    return false;
                }
            }
        }
        if (!event.fields().putAll(fields)) {
            return false;
        }
        Level found = level;
        if (found != null) {
            event.setLevel(found);
        }
        if (timeNs != LogEvent.NO_TIME) {
            event.setTimeNs(timeNs);
        }
        return true;
    }

    /** Of the names that may be the level's, the first whose value is a level's word is it. */
    private void findLevel(LogEvent event) {
        for (int role = JsonNames.FIRST_LEVEL; role < JsonNames.FIRST_TIME && level == null; role++) {
            if (hasRole(role)) {
                takeLevel(event, role);
            }
        }
    }

    private void takeLevel(LogEvent event, int role) {
        int index = parts.indexOf(-1 - role);
        if (!isText(index)) {
            return;
        }
        byte[] bytes = bytes(event, index);
        int offset = parts.offset(index);
        int length = parts.length(index);
        level = Level.of(bytes, offset, length);
        if (level == null) {
            return;
        }
        if (level.isNamed(bytes, offset, length)) {
            played |= 1 << role;
        } else {
            giveLevelWord(role);
        }
    }

    /** As with the level. */
    private void findTime(LogEvent event) {
        for (int role = JsonNames.FIRST_TIME; role < JsonNames.MESSAGE && timeNs == LogEvent.NO_TIME; role++) {
            if (hasRole(role)) {
                timeNs = time(event, role);
                played |= timeNs == LogEvent.NO_TIME ? 0 : 1 << role;
            }
        }
    }

    private long time(LogEvent event, int role) {
        int index = parts.indexOf(-1 - role);
        if (isText(index)) {
            return TimeText.parse(bytes(event, index), parts.offset(index), parts.length(index));
        }
        boolean isNumber = parts.kind(index) == Fields.Kind.LONG || parts.kind(index) == Fields.Kind.DOUBLE;
        return isNumber ? TimeText.parse(event.bytes(), numberOffsets[role], numberLengths[role]) : LogEvent.NO_TIME;
    }

    /** Makes fields of what plays no part. */
    private void giveOwnKeys() {
        for (int role = JsonNames.FIRST_LEVEL; role < JsonNames.MESSAGE; role++) {
            if ((played >> role & 1) != 0) {
                parts.remove(-1 - role);
            } else if (role == JsonNames.FIRST_LEVEL) {
                giveLevelWord(role);
            } else {
                parts.rename(-1 - role, roleKeys[role]);
            }
        }
    }

    /** Makes a field of what stands for the level; nothing if that was done already. */
    private void giveLevelWord(int role) {
        boolean isTaken = seen[Keys.LEVEL_WORD] == line;
        if (parts.rename(-1 - role, isTaken ? roleKeys[JsonNames.FIRST_LEVEL] : Keys.LEVEL_WORD)) {
            seen[Keys.LEVEL_WORD] = line;
        }
    }

    private boolean isText(int index) {
        return parts.kind(index) == Fields.Kind.SPAN || parts.kind(index) == Fields.Kind.SPARE;
    }

    private byte[] bytes(LogEvent event, int index) {
        return parts.kind(index) == Fields.Kind.SPARE ? event.spare() : event.bytes();
    }
}
