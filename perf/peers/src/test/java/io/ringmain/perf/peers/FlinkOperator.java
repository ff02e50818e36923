package io.ringmain.perf.peers;

import io.ringmain.perf.peers.Outcome.Late;
import io.ringmain.perf.peers.Outcome.Row;
import io.ringmain.perf.peers.Outcome.Totals;
import io.ringmain.perf.peers.Script.Event;
import io.ringmain.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Flink's own window operator, driven by the harness that Flink tests it with: no cluster, no threads. */
final class FlinkOperator implements Subject {

    private static final TypeInformation<Tuple3<String, Long, Long>> EVENT =
            Types.TUPLE(Types.STRING, Types.LONG, Types.LONG);
    private static final TypeInformation<Tuple2<Long, Long>> PAIR = Types.TUPLE(Types.LONG, Types.LONG);
    private static final TypeInformation<Tuple5<String, Long, Long, Long, Long>> TOTALS =
            Types.TUPLE(Types.STRING, Types.LONG, Types.LONG, Types.LONG, Types.LONG);
    private static final OutputTag<Tuple3<String, Long, Long>> LATE = new OutputTag<>("late", EVENT);

    /** Count and sum. */
    private static final class Adding
            implements AggregateFunction<Tuple3<String, Long, Long>, Tuple2<Long, Long>, Tuple2<Long, Long>> {

        private static final long serialVersionUID = 1;

        @Override
        public Tuple2<Long, Long> createAccumulator() {
            return Tuple2.of(0L, 0L);
        }

        @Override
        public Tuple2<Long, Long> add(Tuple3<String, Long, Long> event, Tuple2<Long, Long> to) {
            return Tuple2.of(to.f0 + 1, to.f1 + event.f2);
        }

        @Override
        public Tuple2<Long, Long> getResult(Tuple2<Long, Long> totals) {
            return totals;
        }

        @Override
        public Tuple2<Long, Long> merge(Tuple2<Long, Long> one, Tuple2<Long, Long> other) {
            return Tuple2.of(one.f0 + other.f0, one.f1 + other.f1);
        }
    }

    private static final class Naming
            extends ProcessWindowFunction<
                    Tuple2<Long, Long>, Tuple5<String, Long, Long, Long, Long>, String, TimeWindow> {

        private static final long serialVersionUID = 1;

        @Override
        public void process(
                String key,
                Context context,
                Iterable<Tuple2<Long, Long>> totals,
                Collector<Tuple5<String, Long, Long, Long, Long>> out) {
            TimeWindow window = context.window();
            totals.forEach(one -> out.collect(Tuple5.of(key, window.getStart(), window.getEnd(), one.f0, one.f1)));
        }
    }

    @Override
    // That its close() may be interrupted is the warning.
    @SuppressWarnings("try")
    public Outcome run(Script script) throws Exception {
        List<Long> watermarks = script.watermarks();
        List<Row> rows = new ArrayList<>();
        List<Late> late = new ArrayList<>();
        try (var operator = new KeyedOneInputStreamOperatorTestHarness<
                String, Tuple3<String, Long, Long>, Tuple5<String, Long, Long, Long, Long>>(
                transformation(script).getOperatorFactory(), event -> event.f0, Types.STRING)) {
            operator.open();
            int taken = 0;
            for (Event event : script.events()) {
                operator.processElement(Tuple3.of(event.key(), event.time(), event.value()), event.time());
                long watermark = watermarks.get(taken);
                taken++;
                take(operator.getOutput(), rows, taken, script.isUpdateBehindTime());
                takeLate(operator.getSideOutput(LATE), late, taken);
                operator.processWatermark(watermark);
                take(operator.getOutput(), rows, taken, false);
            }
            operator.processWatermark(Long.MAX_VALUE);
            take(operator.getOutput(), rows, taken, false);
        }
        return new Outcome(rows, late);
    }

    @SuppressWarnings("unchecked")
    private static OneInputTransformation<Tuple3<String, Long, Long>, Tuple5<String, Long, Long, Long, Long>>
            transformation(Script script) {
        var stream = StreamExecutionEnvironment.getExecutionEnvironment()
                .fromData(EVENT, Tuple3.of("", 0L, 0L))
                .keyBy(event -> event.f0, Types.STRING)
                .window(assigner(script.windows()))
                .allowedLateness(Duration.ofMillis(script.lateness()))
                .sideOutputLateData(LATE)
                .aggregate(new Adding(), new Naming(), PAIR, PAIR, TOTALS);
        return (OneInputTransformation<Tuple3<String, Long, Long>, Tuple5<String, Long, Long, Long, Long>>)
                stream.getTransformation();
    }

    private static WindowAssigner<Object, TimeWindow> assigner(Windows windows) {
        if (windows instanceof Windows.Session session) {
            return EventTimeSessionWindows.withGap(Duration.ofMillis(session.gapNs()));
        }
        Windows.Aligned aligned = (Windows.Aligned) windows;
        Duration size = Duration.ofMillis(aligned.sizeNs());
        Duration slide = Duration.ofMillis(aligned.slideNs());
        Duration offset = Duration.ofMillis(aligned.offsetNs());
        return aligned.sizeNs() == aligned.slideNs()
                ? TumblingEventTimeWindows.of(size, offset)
                : SlidingEventTimeWindows.of(size, slide, offset);
    }

    private static void take(Queue<Object> from, List<Row> rows, int after, boolean isAgain) {
        for (Object one = from.poll(); one != null; one = from.poll()) {
            // Watermarks stand between.
            if (one instanceof StreamRecord<?> row && row.getValue() instanceof Tuple5<?, ?, ?, ?, ?> totals) {
                rows.add(new Row(
                        after,
                        isAgain,
                        new Totals((String) totals.f0, (Long) totals.f1, (Long) totals.f2, (Long) totals.f3, (Long)
                                totals.f4)));
            }
        }
    }

    private static void takeLate(Queue<StreamRecord<Tuple3<String, Long, Long>>> from, List<Late> late, int after) {
        // There is no queue before the first.
        while (from != null && !from.isEmpty()) {
            Tuple3<String, Long, Long> event = from.remove().getValue();
            late.add(new Late(after, new Event(event.f0, event.f1, event.f2)));
        }
    }
}
