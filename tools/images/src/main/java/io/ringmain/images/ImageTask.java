package io.ringmain.images;

import static java.util.Objects.requireNonNull;

import io.ringmain.images.picture.Limits;
import io.ringmain.images.picture.Operation;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be done with one picture.
 *
 * @param id its place in the run, from 1
 * @param in the picture
 * @param out where it goes
 * @param operations what is done to it, in that order
 * @param limits what is refused before it is decoded
 */
public record ImageTask(int id, Path in, Path out, List<Operation> operations, Limits limits) {

    static final ImageTask NONE = new ImageTask(0, Path.of(""), Path.of(""), List.of(), Limits.DEFAULT);

    /** Checks that nothing is missing. */
    public ImageTask {
        requireNonNull(in, "in");
        requireNonNull(out, "out");
        operations = List.copyOf(operations);
        requireNonNull(limits, "limits");
    }

    /** The task as a line for people. */
    @Override
    public String toString() {
        return in + " => " + out + ": " + Operation.text(operations);
    }
}
