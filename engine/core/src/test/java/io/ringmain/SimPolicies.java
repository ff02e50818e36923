package io.ringmain;

import io.ringmain.config.WhenFull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws the policies of a simulated pipeline, of a random of its own so that the rest of a seed's plan does not depend on them. */
final class SimPolicies {

    private final SplittableRandom random;
    /** Beside the other, so that what older seeds draw stays what it was. */
    private final SplittableRandom ofSources;

    private final long seed;
    private final List<Path> spills = new ArrayList<>();
    private boolean loses;

    SimPolicies(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed ^ 0x2545F4914F6CDD1DL);
        ofSources = new SplittableRandom(seed ^ 0x71374491428A2F98L);
    }

    WhenFull next() {
        WhenFull drawn =
                switch (random.nextInt(12)) {
                    case 0, 1 -> WhenFull.dropOldest();
                    case 2 -> WhenFull.dropNewest();
                    case 3 -> WhenFull.blockFor(Duration.ofNanos(random.nextInt(3_000_000)));
                    case 4 -> WhenFull.sample(0.1 + 0.9 * random.nextDouble(), random.nextLong());
                    case 5 -> WhenFull.adaptiveSample(random.nextLong());
                    case 6 -> WhenFull.shed(SimEvent.class, event -> (int) (event.id % 11) - 1);
                    case 7, 8 -> WhenFull.spill(spillFile(), 4096 + random.nextInt(4096));
                    default -> WhenFull.block();
                };
        loses |= !(drawn instanceof WhenFull.Block);
        return drawn;
    }

    /** The policy of one source; null if it has none of its own, as beside a pipeline's that has a room. */
    @Nullable
    WhenFull ofSource(WhenFull ofPipeline) {
        if (ofPipeline.hasRoom() || ofSources.nextInt(3) > 0) {
            return null;
        }
        WhenFull drawn =
                switch (ofSources.nextInt(5)) {
                    case 0 -> WhenFull.block();
                    case 1 -> WhenFull.blockFor(Duration.ofNanos(ofSources.nextInt(3_000_000)));
                    case 2 -> WhenFull.sample(0.1 + 0.9 * ofSources.nextDouble(), ofSources.nextLong());
                    default -> WhenFull.dropNewest();
                };
        loses |= !(drawn instanceof WhenFull.Block);
        return drawn;
    }

    private Path spillFile() {
        Path file = Path.of(
                System.getProperty("java.io.tmpdir"),
                "ringmain-sim-" + ProcessHandle.current().pid() + '-' + seed + '-' + spills.size() + ".spill");
        spills.add(file);
        return file;
    }

    boolean delayable() {
        return random.nextInt(4) > 0;
    }

    boolean lose() {
        return loses;
    }

    /** The files that a pipeline has left behind. */
    List<Path> filesLeft() {
        return spills.stream().filter(Files::exists).toList();
    }
}
