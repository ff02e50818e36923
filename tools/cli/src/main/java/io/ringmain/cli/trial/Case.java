package io.ringmain.cli.trial;

import io.ringmain.logs.plan.Mark;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A case: what comes in, and what must come of it. Only what {@code expect} names is compared.
 *
 * @param name what it is about
 * @param mark where it is written
 * @param nowNs the time of day when it begins, in nanoseconds since 1970
 * @param input the lines of each source by the source's name
 * @param outputs what each sink must be given, by the sink's name
 * @param rows what each aggregate must give, by the step's name
 * @param deadLetters the dead letters, in the order of their lines; null if nothing is said of them
 * @param accounts the numbers of the account by name
 * @param fails whether the pipeline must be stopped by a failure
 */
record Case(
        String name,
        Mark mark,
        long nowNs,
        Map<String, List<Input>> input,
        Map<String, Tree.Items> outputs,
        Map<String, Tree.Items> rows,
        Tree.@Nullable Items deadLetters,
        Map<String, Tree.Text> accounts,
        boolean fails) {

    /**
     * A line that comes in.
     *
     * @param line the line
     * @param atNs when it comes, in nanoseconds since the case began, not before the one before
     */
    record Input(String line, long atNs) {}
}
