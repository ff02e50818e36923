package io.ringmain.perf.chaos;

import io.ringmain.config.Waiting;
import io.ringmain.internal.run.ThreadRunner;
import io.ringmain.spi.Duty;
import io.ringmain.spi.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** The engine's own threads with a clock that runs faster, and can be made to jump forward. */
final class SkewedRunner implements Runner {

    private final ThreadRunner threads = new ThreadRunner("chaos", Waiting.BLOCKING);
    private final long beginNs = System.nanoTime();
    private final int factor;
    private final AtomicLong jumpedNs = new AtomicLong();

    SkewedRunner(int factor) {
        this.factor = factor;
    }

    /** Lets {@code ns} pass at once. Any thread. */
    void jump(long ns) {
        jumpedNs.addAndGet(ns);
    }

    @Override
    public long nowNs() {
        return shown(threads.nowNs());
    }

    private long shown(long realNs) {
        return beginNs + (realNs - beginNs) * factor + jumpedNs.get();
    }

    @Override
    public void start(List<? extends Duty> duties) {
        List<Duty> skewed = new ArrayList<>();
        duties.forEach(duty -> skewed.add(new Skewed(duty)));
        threads.start(skewed);
    }

    @Override
    public void spawn(String name, Runnable task) {
        threads.spawn(name, task);
    }

    @Override
    public void await(BooleanSupplier condition) {
        threads.await(condition);
    }

    @Override
    public boolean help() {
        return threads.help();
    }

    private final class Skewed implements Duty {

        private final Duty duty;

        Skewed(Duty duty) {
            this.duty = duty;
        }

        @Override
        public String name() {
            return duty.name();
        }

        @Override
        public int work(long realNs) {
            return duty.work(shown(realNs));
        }

        @Override
        public void failed(Throwable failure) {
            duty.failed(failure);
        }

        @Override
        public long wakeAtNs() {
            long wakeAtNs = duty.wakeAtNs();
            return wakeAtNs == Long.MAX_VALUE
                    ? Long.MAX_VALUE
                    : beginNs + (wakeAtNs - jumpedNs.get() - beginNs) / factor + 1;
        }

        @Override
        public boolean done() {
            return duty.done();
        }

        @Override
        public boolean keepsAlive() {
            return duty.keepsAlive();
        }

        @Override
        public void onWake(Runnable wake) {
            duty.onWake(wake);
        }
    }
}
