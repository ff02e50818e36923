package io.ringmain.perf.peers;

import static com.hazelcast.jet.aggregate.AggregateOperations.allOf;
import static com.hazelcast.jet.aggregate.AggregateOperations.counting;
import static com.hazelcast.jet.aggregate.AggregateOperations.maxBy;
import static com.hazelcast.jet.aggregate.AggregateOperations.summingLong;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.EventTimeMapper;
import com.hazelcast.jet.core.EventTimePolicy;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.datamodel.KeyedWindowResult;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.Sources;
import com.hazelcast.jet.pipeline.StreamStage;
import com.hazelcast.jet.pipeline.WindowDefinition;
import java.util.Objects;

/**
 * Hazelcast Jet in this process: one member, no guarantee. Each processor of its source takes every other event; they pass on as references.
 *
 * <p>One runs at a time: processors find feed and answer in statics, for a job is sent as bytes.
 */
final class JetSide implements Side {

    private static volatile Feed feed = new Feed(Shape.LOG, 0, 0);
    private static volatile Answer answer = new Answer();

    private final int parallelism;

    JetSide(int parallelism) {
        this.parallelism = parallelism;
    }

    @Override
    public String title() {
        return "Jet 5.7.0";
    }

    @Override
    public String threads() {
        return Integer.toString(parallelism);
    }

    @Override
    public Started start() {
        var settings = new Config();
        settings.setClusterName("peers");
        settings.setProperty("hazelcast.phone.home.enabled", "false");
        settings.setProperty("hazelcast.socket.bind.any", "false");
        settings.setProperty("hazelcast.logging.type", "none");
        settings.getJetConfig().setEnabled(true).setCooperativeThreadCount(parallelism);
        NetworkConfig network = settings.getNetworkConfig();
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        return new Running(Hazelcast.newHazelcastInstance(settings));
    }

    private record Running(HazelcastInstance member) implements Started {

        @Override
        public void run(Feed feed, Answer answer) {
            JetSide.feed = feed;
            JetSide.answer = answer;
            var settings = new JobConfig().setProcessingGuarantee(ProcessingGuarantee.NONE);
            member.getJet().newJob(job(feed.shape()), settings).join();
        }

        /** At once: an orderly end takes six seconds. A task of its own that it then cannot plan any more may say so on standard error. */
        @Override
        public void close() {
            member.getLifecycleService().terminate();
        }
    }

    /** What passes from processor to processor. */
    private record Event(int key, int value) {}

    private static Pipeline job(Shape shape) {
        Pipeline job = Pipeline.create();
        var events = job.readFrom(Sources.<Event>streamFromProcessorWithWatermarks(
                        "feed", true, policy -> ProcessorMetaSupplier.of(() -> new FeedProcessor(policy))))
                .withNativeTimestamps(shape.disorderMs())
                .filter(event -> event.key >= 0);
        var windows = events.groupingKey(event -> event.key)
                .window(
                        shape.sizeMs() == shape.slideMs()
                                ? WindowDefinition.tumbling(shape.sizeMs())
                                : WindowDefinition.sliding(shape.sizeMs(), shape.slideMs()));
        if (shape.isHottestOnly()) {
            StreamStage<KeyedWindowResult<Integer, Long>> counts = windows.aggregate(counting());
            counts.window(WindowDefinition.tumbling(shape.slideMs()))
                    .aggregate(
                            maxBy((one, other) -> Answer.isHotter(one.result(), one.key(), other.result(), other.key())
                                    ? 1
                                    : Answer.isHotter(other.result(), other.key(), one.result(), one.key()) ? -1 : 0))
                    .map(window -> {
                        KeyedWindowResult<Integer, Long> hottest = window.result();
                        return new long[] {hottest.end(), hottest.key(), hottest.result(), 0};
                    })
                    .writeTo(rows());
        } else {
            windows.aggregate(allOf(counting(), summingLong(event -> event.value)))
                    .map(row -> new long[] {
                        row.end(),
                        row.key(),
                        Objects.requireNonNull(row.result().f0()),
                        Objects.requireNonNull(row.result().f1())
                    })
                    .writeTo(rows());
        }
        return job;
    }

    private static Sink<long[]> rows() {
        return SinkBuilder.sinkBuilder("rows", context -> answer)
                .<long[]>receiveFn((to, row) -> to.add(row[0], row[1], row[2], row[3]))
                .build();
    }

    /** Gives the events of one processor, each with its time. */
    private static final class FeedProcessor extends AbstractProcessor {

        private final EventTimeMapper<Event> times;
        private Traverser<Object> events = Traversers.empty();
        private int next;

        FeedProcessor(EventTimePolicy<? super Event> policy) {
            times = new EventTimeMapper<>(policy);
        }

        @Override
        protected void init(Context context) {
            Feed from = feed;
            int step = context.totalParallelism();
            next = context.globalProcessorIndex();
            times.addPartitions(1);
            Traverser<Integer> numbers = () -> {
                if (next >= from.count()) {
                    return null;
                }
                int number = next;
                next += step;
                return number;
            };
            events = numbers.flatMap(i -> times.flatMapEvent(new Event(from.key(i), from.value(i)), 0, from.timeMs(i)));
        }

        @Override
        public boolean complete() {
            return emitFromTraverser(events);
        }
    }
}
