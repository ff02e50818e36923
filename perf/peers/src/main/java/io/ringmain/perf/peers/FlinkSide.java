package io.ringmain.perf.peers;

import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * Flink in this process: a MiniCluster with state on the heap, no checkpoints, objects used again, watermarks every 200 ms as it does by itself. Its sequence gives blocks of
 * events, so that the source costs little; each subtask of it takes every other block, so that their times keep together.
 *
 * <p>One runs at a time: functions find feed and answer in statics, for a job is sent as bytes.
 */
final class FlinkSide implements Side {

    private static final int BLOCK = 100;
    private static final TypeInformation<Tuple3<Integer, Integer, Long>> EVENT =
            Types.TUPLE(Types.INT, Types.INT, Types.LONG);
    private static final TypeInformation<Tuple4<Long, Integer, Long, Long>> ROW =
            Types.TUPLE(Types.LONG, Types.INT, Types.LONG, Types.LONG);

    private static volatile Feed feed = new Feed(Shape.LOG, 0, 0);
    private static volatile Answer answer = new Answer();

    private final int parallelism;

    FlinkSide(int parallelism) {
        this.parallelism = parallelism;
    }

    @Override
    public String title() {
        return "Flink 2.3.0";
    }

    @Override
    public String threads() {
        return Integer.toString(parallelism);
    }

    @Override
    public Started start() throws Exception {
        var settings = new Configuration();
        settings.setString("rest.bind-address", "127.0.0.1");
        settings.setString("rest.address", "127.0.0.1");
        settings.setString("rest.port", "0");
        settings.setString("taskmanager.memory.network.min", "64m");
        settings.setString("taskmanager.memory.network.max", "64m");
        settings.setString("taskmanager.memory.managed.size", "32m");
        var cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism)
                .build());
        cluster.start();
        return new Running(cluster, parallelism);
    }

    private record Running(MiniCluster cluster, int parallelism) implements Started {

        @Override
        public void run(Feed feed, Answer answer) throws Exception {
            FlinkSide.feed = feed;
            FlinkSide.answer = answer;
            cluster.executeJobBlocking(job(feed, parallelism).getStreamGraph().getJobGraph());
        }

        @Override
        public void close() {
            cluster.closeAsync().join();
        }
    }

    private static StreamExecutionEnvironment job(Feed feed, int parallelism) {
        Shape shape = feed.shape();
        StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment();
        job.setParallelism(parallelism);
        job.getConfig().enableObjectReuse();
        long blocks = feed.count() / BLOCK;
        DataStream<Tuple3<Integer, Integer, Long>> events = job.fromSequence(0, blocks - 1)
                .flatMap(new Blocks(parallelism, blocks))
                .returns(EVENT)
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Tuple3<Integer, Integer, Long>>forBoundedOutOfOrderness(
                                        Duration.ofMillis(shape.disorderMs()))
                                .withTimestampAssigner((event, none) -> event.f2))
                .filter(event -> event.f0 >= 0);
        SingleOutputStreamOperator<Tuple4<Long, Integer, Long, Long>> rows = events.keyBy(event -> event.f0, Types.INT)
                .window(
                        shape.sizeMs() == shape.slideMs()
                                ? TumblingEventTimeWindows.of(shape.size())
                                : SlidingEventTimeWindows.of(shape.size(), shape.slide()))
                .aggregate(
                        new Adding(),
                        new Naming(),
                        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO,
                        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO,
                        ROW);
        if (shape.isHottestOnly()) {
            rows = rows.windowAll(TumblingEventTimeWindows.of(shape.slide()))
                    .reduce((one, other) -> Answer.isHotter(one.f2, one.f1, other.f2, other.f1) ? one : other)
                    .map(row -> Tuple4.of(row.f0, row.f1, row.f2, 0L))
                    .returns(ROW);
        }
        rows.map(FlinkSide::told).returns(ROW).sinkTo(new DiscardingSink<>());
        return job;
    }

    private static Tuple4<Long, Integer, Long, Long> told(Tuple4<Long, Integer, Long, Long> row) {
        answer.add(row.f0, row.f1, row.f2, row.f3);
        return row;
    }

    /** Events of a block. The sequence is cut into ranges, one for each subtask. */
    private record Blocks(int parallelism, long blocks)
            implements FlatMapFunction<Long, Tuple3<Integer, Integer, Long>> {

        @Override
        public void flatMap(Long number, Collector<Tuple3<Integer, Integer, Long>> out) {
            long each = blocks / parallelism;
            int first = (int) (number % each * parallelism + number / each) * BLOCK;
            Feed from = feed;
            for (int i = first; i < first + BLOCK; i++) {
                out.collect(Tuple3.of(from.key(i), from.value(i), from.timeMs(i)));
            }
        }
    }

    /** Count and sum; takes what it has added to again, as state on the heap allows. */
    private static final class Adding implements AggregateFunction<Tuple3<Integer, Integer, Long>, long[], long[]> {

        private static final long serialVersionUID = 1;

        @Override
        public long[] createAccumulator() {
            return new long[2];
        }

        @Override
        public long[] add(Tuple3<Integer, Integer, Long> event, long[] to) {
            to[0]++;
            to[1] += event.f1;
            return to;
        }

        @Override
        public long[] getResult(long[] totals) {
            return totals;
        }

        @Override
        public long[] merge(long[] one, long[] other) {
            long[] sum = Arrays.copyOf(one, 2);
            sum[0] += other[0];
            sum[1] += other[1];
            return sum;
        }
    }

    private static final class Naming
            extends ProcessWindowFunction<long[], Tuple4<Long, Integer, Long, Long>, Integer, TimeWindow> {

        private static final long serialVersionUID = 1;

        @Override
        public void process(
                Integer key,
                Context context,
                Iterable<long[]> totals,
                Collector<Tuple4<Long, Integer, Long, Long>> out) {
            totals.forEach(one -> out.collect(Tuple4.of(context.window().getEnd(), key, one[0], one[1])));
        }
    }
}
