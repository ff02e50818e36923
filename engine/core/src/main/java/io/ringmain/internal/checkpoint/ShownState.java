package io.ringmain.internal.checkpoint;

import io.ringmain.config.Replaying.Shown;
import io.ringmain.spi.CheckpointStore;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands out what a stage remembers at the last barrier, in place of keeping it. */
public final class ShownState implements CheckpointStore {

    private static final String STAGE = "stage/";

    private final Shown shown;
    private byte @Nullable [] first;
    private byte @Nullable [] last;

    /** Makes a store that keeps nothing but what {@code shown} asks for. */
    public ShownState(Shown shown) {
        this.shown = shown;
    }

    @Override
    public byte @Nullable [] read() {
        return null;
    }

    @Override
    public void write(byte[] checkpoint) {
        if (first == null) {
            // Before anything has moved.
            first = checkpoint;
        } else {
            last = checkpoint;
        }
    }

    @Override
    public void close() throws IOException {
        if (last == null) {
            return;
        }
        String stage = STAGE + shown.stage();
        for (Map.Entry<String, byte[]> part : Checkpoints.states(last).entrySet()) {
            String name = part.getKey();
            if (name.equals(stage) || name.startsWith(stage + '/')) {
                shown.viewer().accept(name.substring(STAGE.length()), part.getValue());
            }
        }
    }
}
