package io.ringmain.cli;

import picocli.CommandLine.TypeConversionException;

/** How an answer is written. */
enum Format {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON;

    static Format parse(String text) {
        return switch (text) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new TypeConversionException(text + " (expected: text or json)");
        };
    }
}
