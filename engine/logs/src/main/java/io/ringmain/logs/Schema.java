package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields that events have at one place of a pipeline, as far as it is known before the first line is read.
 *
 * @param types what is known, by name, in the order of the fields
 * @param isOpen whether there may be other fields, as in JSON
 */
public record Schema(Map<String, FieldType> types, boolean isOpen) {

    /** No fields at all. */
    public static final Schema NOTHING = new Schema(Map.of(), false);

    /** Lines before they are parsed: {@code line}, {@code source} and {@code ingest_time}, nothing else. */
    public static final Schema LINES = new Schema(Map.of(), false)
            .with("line", FieldType.TEXT)
            .with("source", FieldType.TEXT)
            .with("ingest_time", FieldType.TIME);

    /** Checks that nothing is missing. */
    public Schema {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(requireNonNull(types, "types")));
    }

    /** What the field {@code name} holds: {@link FieldType#ANY} for an unknown one if the schema is open, else empty. */
    public Optional<FieldType> typeOf(String name) {
        FieldType type = types.get(name);
        return type != null ? Optional.of(type) : isOpen ? Optional.of(FieldType.ANY) : Optional.empty();
    }

    /** Returns this schema with one more field, or another type for it. */
    public Schema with(String name, FieldType type) {
        Map<String, FieldType> more = new LinkedHashMap<>(types);
        more.put(name, type);
        return new Schema(more, isOpen);
    }

    /** Returns this schema without {@code name}; an open one may still have it. */
    public Schema without(String name) {
        Map<String, FieldType> less = new LinkedHashMap<>(types);
        less.remove(name);
        return new Schema(less, isOpen);
    }

    /** Returns this schema with the name {@code to} in the place of {@code from} and nowhere else; an open one may still have both. */
    public Schema renamed(String from, String to) {
        Map<String, FieldType> renamed = new LinkedHashMap<>();
        types.forEach((name, had) -> {
            if (name.equals(from)) {
                renamed.put(to, had);
            } else if (!name.equals(to)) {
                renamed.put(name, had);
            }
        });
        return new Schema(renamed, isOpen);
    }

    /** Returns this schema with all fields of {@code other}; open if one of the two is. */
    public Schema plus(Schema other) {
        Map<String, FieldType> both = new LinkedHashMap<>(types);
        both.putAll(other.types);
        return new Schema(both, isOpen || other.isOpen);
    }
}
