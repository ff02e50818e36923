package io.ringmain.logs.plan;

import io.ringmain.logs.FieldType;

/** Types of fields in words. */
final class TypeWords {

    private TypeWords() {}

    static String of(FieldType type) {
        return switch (type) {
            case TEXT -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case TIME -> "a time";
            case DURATION -> "a duration";
            case LEVEL -> "a level";
            case ANY -> "anything";
        };
    }
}
