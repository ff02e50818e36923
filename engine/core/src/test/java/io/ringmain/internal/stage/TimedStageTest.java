package io.ringmain.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Stage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever becomes of an attempt, its stage is closed once and its thread ends. */
@Timeout(30)
@ExtendWith(NoThreadLeft.class)
class TimedStageTest {

    private static final long LIMIT_NS = 100;

    private final List<String> log = new ArrayList<>();
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private int made;
    private int failingOpen = -1;
    private boolean closesHard;

    private final class Logged implements Stage<Cell> {
        private final int number = made++;

        @Override
        public void open() throws IOException {
            log.add("open " + number);
            if (number == failingOpen) {
                throw new IOException("no connection");
            }
        }

        @Override
        public boolean process(Cell cell) {
            log.add("process " + number);
            return true;
        }

        @Override
        public void close() {
            log.add("close " + number);
            if (closesHard) {
                throw new AssertionError("closes hard");
            }
        }
    }

    private TimedStage<Cell> timed(Runnable done) {
        return new TimedStage<>(
                new TimedStage.Parts<>("task", Logged::new, Cell.TYPE, (name, task) -> threads.add(task), done),
                LIMIT_NS);
    }

    @Test
    void closingAfterTheTaskIsDoneClosesTheStageAndEndsTheThread() throws Exception {
        var done = new CountDownLatch(1);
        TimedStage<Cell> timed = timed(done::countDown);
        timed.open();
        var thread = new Thread(threads.remove(), "task");
        thread.start();
        assertThat(timed.process(new Cell(), 0)).isEqualTo(PatientStage.Answer.WAIT);
        done.await();

        timed.close();
        thread.join(10_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(log).containsExactly("open 0", "process 0", "close 0");
    }

    @Test
    void aTaskGivenUpBeforeItsThreadHasBegunIsClosedByIt() throws Exception {
        TimedStage<Cell> timed = timed(() -> {});
        timed.open();
        timed.process(new Cell(), 0);
        assertThatThrownBy(() -> timed.process(new Cell(), LIMIT_NS)).isInstanceOf(TimeLimitException.class);

        threads.remove().run();

        assertThat(log).containsExactly("open 0", "close 0");
    }

    @Test
    void aStageThatCouldNotBeOpenedIsNeverUsed() throws Exception {
        failingOpen = 1;
        TimedStage<Cell> timed = timed(() -> {});
        timed.open();
        timed.process(new Cell(), 0);
        assertThatThrownBy(() -> timed.process(new Cell(), LIMIT_NS)).isInstanceOf(TimeLimitException.class);
        assertThatThrownBy(() -> timed.process(new Cell(), LIMIT_NS)).isInstanceOf(IOException.class);

        assertThat(timed.process(new Cell(), LIMIT_NS)).isEqualTo(PatientStage.Answer.WAIT);

        assertThat(log).containsExactly("open 0", "open 1", "open 2");
        assertThat(threads).as("one for each that was opened").hasSize(2);
    }

    @Test
    void stagesThatHangDoNotTakeThreadsWithoutEnd() throws Exception {
        TimedStage<Cell> timed = timed(() -> {});
        timed.open();
        for (int i = 0; i < TimedStage.ABANDONED_MAX; i++) {
            timed.process(new Cell(), 0);
            assertThatThrownBy(() -> timed.process(new Cell(), LIMIT_NS)).isInstanceOf(TimeLimitException.class);
        }

        assertThat(timed.process(new Cell(), LIMIT_NS)).isEqualTo(PatientStage.Answer.WAIT);
        assertThat(threads).hasSize(TimedStage.ABANDONED_MAX);

        threads.remove().run();

        assertThat(timed.process(new Cell(), LIMIT_NS)).isEqualTo(PatientStage.Answer.WAIT);
        assertThat(threads).as("one has returned, one has begun").hasSize(TimedStage.ABANDONED_MAX);
    }

    @Test
    void aTaskGivenUpWhoseStageClosesHardHoldsNothingBack() throws Exception {
        var ended = new CountDownLatch(1);
        TimedStage<Cell> timed = timed(ended::countDown);
        timed.open();
        for (int i = 0; i < TimedStage.ABANDONED_MAX; i++) {
            timed.process(new Cell(), 0);
            assertThatThrownBy(() -> timed.process(new Cell(), LIMIT_NS)).isInstanceOf(TimeLimitException.class);
        }
        closesHard = true;

        assertThatThrownBy(() -> threads.remove().run()).isInstanceOf(AssertionError.class);
        timed.process(new Cell(), LIMIT_NS);

        assertThat(ended.getCount()).isZero();
        assertThat(threads).as("one has returned, one has begun").hasSize(TimedStage.ABANDONED_MAX);
    }
}
