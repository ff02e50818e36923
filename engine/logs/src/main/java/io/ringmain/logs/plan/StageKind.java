package io.ringmain.logs.plan;

import io.ringmain.PipelineBuilder;
import io.ringmain.config.Pooling;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.step.PartitionKey;
import io.ringmain.spi.Stage;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A kind of step that is a stage, whose work can be {@linkplain Spread spread}. */
abstract class StageKind extends StepKind {

    StageKind(String name, String sentence, List<OptionSpec> options) {
        super(name, sentence, options);
    }

    /** Makes a stage for one lane. */
    abstract Stage<LogEvent> stage(Part part, Site site);

    /** Whether the stage keeps something from one event to the next. */
    boolean remembers() {
        return false;
    }

    /**
     * By which fields {@code part} tells apart the series of which it remembers something; empty if it remembers none.
     *
     * @param groupedBy by which fields the windows that come are told apart, if they are windows
     */
    Optional<List<String>> series(Part part, List<String> groupedBy) {
        return Optional.empty();
    }

    @Override
    public final List<Spread.Way> spreads() {
        return remembers() ? List.of(Spread.Way.PARTITION) : List.of(Spread.Way.POOL, Spread.Way.PARTITION);
    }

    @Override
    final PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site) {
        Supplier<Stage<LogEvent>> stages = () -> stage(part, site);
        if (part.spread().isPresent()) {
            return add(builder, part.name(), part.spread().get(), new Made(site, stages));
        }
        return remembers() ? builder.stage(part.name(), stages.get()) : builder.striped(part.name(), stages);
    }

    private record Made(Site site, Supplier<Stage<LogEvent>> stages) {}

    private static PipelineBuilder<LogEvent, LogEvent> add(
            PipelineBuilder<LogEvent, LogEvent> builder, String name, Spread spread, Made made) {
        Options options = spread.options();
        return switch (spread.way()) {
            case POOL ->
                builder.pool(
                        name,
                        Pooling.of((int) options.number(Spread.MIN), (int) options.number(Spread.MAX)),
                        made.stages());
            case OWN_KEYS -> throw new IllegalStateException("The step has no keys of its own.");
            case PARTITION ->
                builder.partitionBy(
                        name,
                        new PartitionKey(made.site().keys(), options.texts(Spread.BY)),
                        (int) options.number(Spread.LANES),
                        made.stages());
        };
    }
}
