package io.ringmain;

import io.ringmain.CrashWorld.Disk;
import io.ringmain.CrashWorld.Line;
import io.ringmain.spi.AsyncSink;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Completion;
import io.ringmain.spi.Duty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The other side of sinks that answer later: answers what is open, in any order, when it is stepped. */
final class CrashAnswers implements Duty {

    private static final int FAULTS_MAX = 2;

    private record Request(Answering sink, Batch<SimEvent> batch, Completion completion) {}

    private final List<Request> open = new ArrayList<>();
    private final SplittableRandom order = new SplittableRandom(1);

    @Override
    public String name() {
        return "answers";
    }

    @Override
    public int work(long nowNs) {
        if (open.isEmpty()) {
            return 0;
        }
        Request request = open.remove(order.nextInt(open.size()));
        request.sink.answer(request.batch, request.completion);
        return 1;
    }

    @Override
    public void failed(Throwable failure) {}

    @Override
    public long wakeAtNs() {
        return open.isEmpty() ? Long.MAX_VALUE : 0;
    }

    @Override
    public boolean done() {
        return false;
    }

    @Override
    public boolean keepsAlive() {
        return false;
    }

    @Override
    public void onWake(Runnable wake) {}

    /** Appends to a file, batches beside one another, each of which can be torn. */
    static final class Answering implements AsyncSink<SimEvent> {

        private final CrashWorld world;
        private final Disk disk;
        private final SplittableRandom faults;
        private final int faultPercent;
        // By the first event of the batch.
        private final Map<Line, Integer> faultsOf = new HashMap<>();
        private boolean flushFailed;

        Answering(CrashWorld world, Disk disk, SplittableRandom faults) {
            this.world = world;
            this.disk = disk;
            this.faults = faults;
            faultPercent = faults.nextBoolean() ? 0 : faults.nextInt(30);
        }

        private boolean fails(Batch<SimEvent> batch) {
            Line first = Line.of(batch.event(0));
            boolean fails = faults.nextInt(100) < faultPercent && faultsOf.getOrDefault(first, 0) < FAULTS_MAX;
            if (fails) {
                faultsOf.merge(first, 1, Integer::sum);
            }
            return fails;
        }

        @Override
        public void write(Batch<SimEvent> batch, Completion completion) {
            world.point("before a request");
            if (fails(batch)) {
                throw new IllegalStateException("request");
            }
            if (faults.nextInt(4) == 0) {
                answer(batch, completion);
            } else {
                world.answers.open.add(new Request(this, batch, completion));
            }
        }

        private void answer(Batch<SimEvent> batch, Completion completion) {
            boolean fails = fails(batch);
            int taken = fails ? faults.nextInt(batch.size() + 1) : batch.size();
            for (int i = 0; i < taken; i++) {
                disk.append(Line.of(batch.event(i)));
                world.point("in a request");
            }
            if (fails) {
                completion.failed(new IllegalStateException("answer"));
            } else {
                completion.done();
            }
            if (faults.nextInt(8) == 0) {
                // A time limit that strikes after all.
                completion.failed(new IllegalStateException("too late"));
            }
            world.point("after an answer");
        }

        @Override
        public void flush() {
            world.point("before a flush");
            flushFailed = !flushFailed && faults.nextInt(100) < faultPercent;
            if (flushFailed) {
                throw new IllegalStateException("flush");
            }
            disk.durable = disk.lines.size();
            world.point("after a flush");
        }
    }
}
