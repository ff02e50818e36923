package io.ringmain.internal.window;

import io.ringmain.internal.ring.Groups;
import io.ringmain.window.Aggregation;
import io.ringmain.window.KeyTable;
import io.ringmain.window.Windowing;
import java.util.List;
import java.util.function.Supplier;

/**
 * What each pane is made of.
 *
 * @param compute makes the computations
 * @param keysMax how many keys a pane tells apart
 * @param bytesMax how many bytes they may have together
 */
record Layout<E>(List<Supplier<? extends Aggregation<E>>> compute, int keysMax, int bytesMax) {

    /** That of a group whose keys a {@link KeyRoom} bounds. */
    static <E> Layout<E> unbounded(Windowing<E> windowing) {
        return new Layout<>(windowing.compute(), Integer.MAX_VALUE, KeyRoom.TABLE_BYTES_MAX);
    }

    /**
     * That of the panes of one key group. Which keys find room must not depend on those of other groups, which other lanes have. So each group may have twice its share, and some
     * more because shares differ; a window gives no more than the bound in all.
     */
    static <E> Layout<E> of(Windowing<E> windowing) {
        int max = windowing.groupsMax();
        int keysMax = (int) Math.min(max, 2L * max / Groups.COUNT + Groups.COUNT);
        // As if a key had 64 bytes: as KeyTable's own bounds are for a million.
        int bytesMax = Math.max(2 * KeyTable.BYTES_MAX_DEFAULT / Groups.COUNT, 64 * keysMax);
        return new Layout<>(windowing.compute(), keysMax, bytesMax);
    }
}
