package io.ringmain.logs.expression;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the tables of what expressions mean. */
final class Table {

    private Table() {}

    static String read(String name) {
        try (InputStream in = requireNonNull(Table.class.getResourceAsStream("/expressions/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
