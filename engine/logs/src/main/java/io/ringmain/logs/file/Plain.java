package io.ringmain.logs.file;

import io.ringmain.logs.Value;

/** Values as people read them. */
final class Plain {

    private Plain() {}

    /** Puts {@code value}: text as it is, a moment in ISO 8601, nothing as nothing. */
    static void put(Value value, Bytes to) {
        switch (value.kind()) {
            case MISSING -> {}
            case TEXT, LEVEL -> to.put(value.bytes(), value.offset(), value.length());
            case LONG -> to.putLong(value.longValue());
            case DOUBLE -> to.putDouble(value.doubleValue());
            case BOOLEAN -> to.putBoolean(value.booleanValue());
            case TIME -> to.putTime(value.longValue());
        }
    }
}
