package io.ringmain.cli.stat;

import org.jspecify.annotations.Nullable;

/** What a counter counts for; the number is its type in the file, for ever. */
public enum PartKind {
    /** The run as a whole. */
    RUN(1),
    /** A source. */
    SOURCE(2),
    /** A stage. */
    STAGE(3),
    /** A sink. */
    SINK(4);

    private final int typeId;

    PartKind(int typeId) {
        this.typeId = typeId;
    }

    int typeId() {
        return typeId;
    }

    static @Nullable PartKind of(int typeId) {
        for (PartKind kind : values()) {
            if (kind.typeId == typeId) {
                return kind;
            }
        }
        return null;
    }
}
