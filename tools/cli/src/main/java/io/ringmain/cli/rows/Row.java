package io.ringmain.cli.rows;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One event, copied.
 *
 * @param line its line as it was read; empty for a result
 * @param fields its values by name, in order: {@link Long}, {@link Double}, {@link Boolean}, {@code RawJson} or {@link String}
 */
public record Row(String line, Map<String, Object> fields) {

    /** Makes an immutable copy of the fields. */
    public Row {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
