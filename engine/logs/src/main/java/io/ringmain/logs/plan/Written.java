package io.ringmain.logs.plan;

import org.jspecify.annotations.Nullable;

/**
 * A text of a plan with its place, so that problems can point into it.
 *
 * @param text the text
 * @param path which setting it belongs to
 * @param mark where it is written, or null
 * @param scalar what knows the places of its characters, or null
 */
record Written(String text, String path, @Nullable Mark mark, Node.@Nullable Scalar scalar) {

    /** The place of a part of the text. */
    @Nullable
    Mark mark(int offset, int length) {
        Mark part = scalar == null ? null : scalar.mark(offset, length);
        return part == null ? mark : part;
    }
}
