package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Report.SourceReport;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NotingSink;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Source;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources come and go for as long as a pipeline runs: of those that are gone only the accounts stay. */
@Timeout(30)
class SourcesThatAreGoneTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MANY = 20;

    private final StepRunner runner = new StepRunner(1);
    private final NotingSink out = new NotingSink();

    /** Publishes three events and returns. */
    private static final class Three implements PushSource<Cell> {

        @Override
        public void run(Publisher<Cell> publisher) {
            for (int i = 0; i < 3; i++) {
                publisher.publish(cell -> cell.value = 1);
            }
        }

        @Override
        public void abort() {}
    }

    private Pipeline<Cell> merging() {
        return Pipeline.of("gone", Cell.TYPE)
                .runner(runner)
                .bound(8)
                .merging()
                .sink("out", out)
                .whenFailed(WhenFailed.stop())
                .build();
    }

    private double shareOfFourEvents(Pipeline<Cell> pipeline) {
        for (int i = 0; i < 4; i++) {
            pipeline.publisher().publish(cell -> cell.value = 0);
        }
        double share = pipeline.report().ringShare();
        runner.stepWhilePossible();
        return share;
    }

    @Test
    void theRingOfAPushSourceThatIsGoneIsNoRoomAnyMore() {
        Pipeline<Cell> pipeline = merging().start();
        double before = shareOfFourEvents(pipeline);

        for (int i = 0; i < MANY; i++) {
            pipeline.addPushSource("three" + i, new Three());
            runner.stepWhilePossible();
        }

        assertThat(before).isEqualTo(4 / 16.0);
        assertThat(shareOfFourEvents(pipeline)).isEqualTo(before);
        Report report = pipeline.drain(SOON);
        assertThat(report.sources()).hasSize(1 + MANY);
        assertThat(report.sources().subList(1, 1 + MANY))
                .extracting(SourceReport::received)
                .containsOnly(3L);
        assertThat(report.accounts().received()).isEqualTo(8 + 3 * MANY);
        assertThat(report.accounts().delivered()).isEqualTo(8 + 3 * MANY);
        assertThat(report.accounts().balanced()).isTrue();
    }

    @Test
    void whatIsGoneIsLeftToTheGarbageCollector() {
        Pipeline<Cell> pipeline = merging();
        List<WeakReference<?>> gone = new ArrayList<>();
        gone.add(push(pipeline, "early push"));
        gone.add(polled(pipeline, "early"));
        pipeline.start();
        gone.add(push(pipeline, "push"));
        gone.add(polled(pipeline, "polled"));
        runner.stepWhilePossible();

        for (WeakReference<?> source : gone) {
            for (int i = 0; i < 50 && source.get() != null; i++) {
                System.gc();
            }
            assertThat(source.get()).isNull();
        }

        assertThat(pipeline.drain(SOON).accounts().delivered()).isEqualTo(3 + 2 + 3 + 2);
    }

    @Test
    void whatThePolicyOfASourceThatIsGoneHasDroppedStaysInItsAccount() {
        Pipeline<Cell> pipeline = merging().start();
        pipeline.addSource(
                "polled",
                new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(10),
                WhenFull.sample(1e-9, 1));
        pipeline.addPushSource("push", new Three(), WhenFull.sample(1e-9, 1));
        runner.stepWhilePossible();

        Report before = pipeline.report();
        Report report = pipeline.drain(SOON);

        assertThat(report.sources())
                .extracting(SourceReport::dropped)
                .containsExactly(Map.of(), Map.of("sampled", 10L), Map.of("sampled", 3L));
        assertThat(before.sources()).isEqualTo(report.sources());
        assertThat(report.accounts()).isEqualTo(new Accounts(13, 0, 0, 0, Map.of("sampled", 13L), 0, 0, 0, 0));
    }

    private static WeakReference<?> push(Pipeline<Cell> pipeline, String name) {
        PushSource<Cell> source = new Three();
        assertThat(pipeline.addPushSource(name, source)).isTrue();
        return new WeakReference<>(source);
    }

    private static WeakReference<?> polled(Pipeline<Cell> pipeline, String name) {
        Source<Cell> source = new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(2);
        assertThat(pipeline.addSource(name, source)).isTrue();
        return new WeakReference<>(source);
    }

    /** Can be opened; what it says about itself is a failure, if it is to be one. */
    private static class Opened implements Source<Cell> {

        private final boolean fails;
        boolean open;
        int opens;

        Opened(boolean fails) {
            this.fails = fails;
        }

        @Override
        public void open() {
            open = true;
            opens++;
        }

        @Override
        public void close() {
            open = false;
        }

        @Override
        public boolean delayable() {
            if (fails) {
                throw new IllegalStateException("cannot say");
            }
            return true;
        }

        @Override
        public Status fill(Intake<Cell> intake, int max) {
            return Status.END;
        }
    }

    @Test
    void whoIsOneTooManyIsNotOpenedOrIsClosedAgain() {
        Pipeline<Cell> pipeline = merging().start();
        for (int i = 0; i < Short.MAX_VALUE - 2; i++) {
            assertThat(pipeline.addSource("s" + i, new Opened(false))).isTrue();
        }
        var unable = new Opened(true);
        var overtaken = new Opened(false) {
            @Override
            public void open() {
                super.open();
                assertThat(pipeline.addSource("last", new Opened(false))).isTrue();
            }
        };

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> pipeline.addSource("unable", unable)).hasMessageContaining("cannot say");
            assertThat(unable.open).isFalse();
        }
        assertThatThrownBy(() -> pipeline.addSource("overtaken", overtaken)).hasMessageContaining("has had 32767");
        assertThat(overtaken.open).isFalse();
        var late = new Opened(false);
        assertThatThrownBy(() -> pipeline.addSource("late", late)).hasMessageContaining("has had 32767");
        assertThat(late.opens).isZero();
        assertThatThrownBy(() -> pipeline.addPushSource("push", new Three())).hasMessageContaining("has had 32767");
        Report report = pipeline.drain(SOON);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.sources()).hasSize(Short.MAX_VALUE);
    }

    @Test
    void thePushSourceWhoseRingCannotBeMadeHasTakenNoName() {
        var fails = new AtomicBoolean();
        EventType<Cell> type = EventType.of(
                () -> {
                    if (fails.get()) {
                        throw new IllegalStateException("no cell");
                    }
                    return new Cell();
                },
                cell -> {},
                (from, to) -> to.value = from.value);
        Pipeline<Cell> pipeline = Pipeline.of("gone", type)
                .runner(runner)
                .merging()
                .sink("out", out)
                .whenFailed(WhenFailed.stop())
                .build()
                .start();

        fails.set(true);
        assertThatThrownBy(() -> pipeline.addPushSource("push", new Three())).hasMessage("no cell");
        fails.set(false);

        assertThat(pipeline.addPushSource("push", new Three())).isTrue();
        assertThat(pipeline.drain(SOON).accounts().delivered()).isEqualTo(3);
    }
}
