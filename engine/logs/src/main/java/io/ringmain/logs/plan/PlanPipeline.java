package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Routes;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.NamedType;
import io.ringmain.logs.RawJson;
import io.ringmain.logs.Schema;
import io.ringmain.logs.file.FileSink;
import io.ringmain.logs.parse.CheckLine;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.Window;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A pipeline built as a plan says, and what it leaves: dead letters and the results of its aggregates.
 *
 * <p>Thread: any, as its parts say.
 */
public final class PlanPipeline {

    /** The stage before the first step, where that does not look itself whether a line is whole. No name of a plan has a dot. */
    private static final String LINES = "lines.check";

    /** The stage where events part. */
    private static final String ROUTES = "sinks.routes";

    private final Plan plan;
    private final Surroundings surroundings;
    private final boolean keepsRows;
    private final StandIns standIns;
    private final Keys keys = new Keys();
    // Those in memory; none if they are on disk.
    private final MemoryDeadLetters letters;
    private final DeadLetters store;
    private final Map<String, Source<LogEvent>> sources = new LinkedHashMap<>();
    private final FileUse files = new FileUse();
    private final Findings findings = new Findings(keys);
    private final Map<String, Rows> rows = new LinkedHashMap<>();
    private final Pipeline<LogEvent> pipeline;

    private PlanPipeline(Plan plan, Surroundings surroundings, boolean keepsRows, StandIns standIns) {
        this.plan = requireNonNull(plan, "plan");
        this.surroundings = requireNonNull(surroundings, "surroundings");
        this.keepsRows = keepsRows;
        this.standIns = requireNonNull(standIns, "standIns");
        letters = plan.settings().letters() instanceof LetterSettings.InMemory few
                ? new MemoryDeadLetters(few.countMax(), few.bytesMax())
                : new MemoryDeadLetters();
        store = makeStore();
        pipeline = assemble();
    }

    private DeadLetters makeStore() {
        if (plan.keepsLetters() && plan.settings().letters() instanceof LetterSettings.OnDisk disk) {
            return standIns.keepsState() ? surroundings.stores().letters(disk, keys) : new FirstLetters(letters);
        }
        return letters;
    }

    /**
     * Builds a pipeline; nothing runs yet, and no file is opened.
     *
     * @param keepsRows whether {@link #rows} is wanted
     * @throws io.ringmain.PipelineException if core refuses what the plan says
     * @throws PlanException if a part of it does
     */
    public static PlanPipeline build(Plan plan, Surroundings surroundings, boolean keepsRows) {
        return build(plan, surroundings, keepsRows, StandIns.NONE);
    }

    /** Builds a pipeline as {@link #build(Plan, Surroundings, boolean)}, in which {@code standIns} may replace parts. */
    public static PlanPipeline build(Plan plan, Surroundings surroundings, boolean keepsRows, StandIns standIns) {
        try {
            return new PlanPipeline(plan, surroundings, keepsRows, standIns);
        } catch (PlanException known) {
            throw known;
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException refused) {
            // What no check has seen before is still a matter of the plan, and not of whoever reads a trace.
            throw new PlanException(plan.name(), refused);
        }
    }

    /** The pipeline. */
    public Pipeline<LogEvent> pipeline() {
        return pipeline;
    }

    /** The names of the fields of its events. */
    public Keys keys() {
        return keys;
    }

    /** Where dead letters go: {@link #letters}, or a store on disk. */
    public DeadLetters store() {
        return store;
    }

    /** The dead letters in memory; none if they are kept on disk, and the first of them if they would be. */
    public MemoryDeadLetters letters() {
        return letters;
    }

    /** The sources by name, in the order of the plan, for their progress. */
    public Map<String, Source<LogEvent>> sources() {
        return Collections.unmodifiableMap(sources);
    }

    /**
     * The rows of each aggregate by the step's name, if they were wanted; complete when the pipeline is closed. The values by field, in
     * order, are {@link Long}, {@link Double}, {@link Boolean}, {@link RawJson} or {@link String}, times as ISO 8601 in UTC.
     */
    public Map<String, List<Map<String, Object>>> rows() {
        Map<String, List<Map<String, Object>>> kept = new LinkedHashMap<>();
        rows.forEach((step, sink) -> kept.put(step, sink.rows()));
        return kept;
    }

    /**
     * The rows that the aggregate {@code step} would give if it remembered what {@code saved} says, which {@link Aggregate#save} wrote; as in {@link #rows()}.
     *
     * @throws IOException if that is not of such an aggregate
     */
    public List<Map<String, Object>> rows(String step, byte[] saved) throws IOException {
        Aggregate remembered =
                new Aggregate(keys, requireNonNull(aggregates().get(step), step).spec());
        remembered.load(new DataInputStream(new ByteArrayInputStream(saved)));
        List<LogEvent> events = new ArrayList<>();
        remembered.finish(() -> {
            var row = new LogEvent();
            events.add(row);
            return row;
        });
        var values = new FieldValues(keys);
        return events.stream().map(values::of).toList();
    }

    /** The aggregates by the step's name, for what they could not use or tell apart; complete when the pipeline is closed. */
    public Map<String, Aggregate> aggregates() {
        return findings.aggregates();
    }

    /** The windows by the step's name, for what they could not use or tell apart; complete when the pipeline is closed. */
    public Map<String, Window> windows() {
        return findings.windows();
    }

    /** How many events each step that judges series did not judge, because there were more series than it may have; complete when the pipeline is closed. */
    public Map<String, Long> unjudged() {
        return findings.unjudged();
    }

    /**
     * The fields that the plan asks for and no line had, where lines bring their own names; none if there was no line. Complete when the
     * pipeline is closed.
     */
    public List<AbsentField> absentFields() {
        return findings.absentFields();
    }

    private Pipeline<LogEvent> assemble() {
        Problems problems = new Problems();
        PlanCheck check = new PlanCheck(plan, problems);
        List<Schema> schemas = check.run();
        if (!problems.isEmpty()) {
            throw new PlanException(plan.name(), problems.sorted());
        }
        findings.seek(check.sought());
        Settings settings = plan.settings();
        PipelineBuilder<LogEvent, LogEvent> builder = Pipeline.of(plan.name(), LogEvent.TYPE)
                .whenFull(standIns.whenFull(settings.whenFull()))
                .whenFailed(settings.whenFailed())
                .drainWithin(settings.drainWithin());
        if (standIns.keepsState()) {
            plan.checkpoints().map(Checkpointing::in).ifPresent(builder::checkpoints);
        }
        standIns.replay().ifPresent(replay -> builder.replaying(replay.reader(), replay.how()));
        journal().ifPresent(kept -> builder.journal(surroundings.stores().journal(kept)));
        standIns.runner().ifPresent(builder::runner);
        standIns.bound().ifPresent(builder::bound);
        if (plan.keepsLetters()) {
            builder.deadLetters(
                    store,
                    store == letters ? WhenLettersFull.STOP : settings.letters().whenFull());
        }
        Site first = site(schemas.get(0), false);
        for (Part part : plan.sources()) {
            Source<LogEvent> source = standIns.source(part)
                    .orElseGet(() -> ((SourceKind) part.kind()).source(part, LineOptions.settings(part, plan), first));
            sources.put(part.name(), source);
            files.source(part, source);
            Source<LogEvent> named = check.tellsOrigin()
                    ? new OriginSource(part.name(), part.kind().name(), source, keys)
                    : source;
            Optional<WhenFull> own = OverflowReader.read(SourceKind.WHEN_FULL, part.options())
                    .map(chosen -> chosen.overflow().policy(chosen.options()));
            if (own.isPresent()) {
                builder.source(part.name(), named, own.get());
            } else {
                builder.source(part.name(), named);
            }
        }
        if (!startsWithParse()) {
            builder.striped(LINES, CheckLine::new);
        }
        Pipeline<LogEvent> built = addStepsAndSinks(builder, schemas).build();
        findings.built();
        return built;
    }

    /** Where the input is kept, if it is. */
    private Optional<JournalSettings> journal() {
        return standIns.keepsState() ? plan.settings().journal() : Optional.empty();
    }

    /** Parsing looks itself whether a line is whole; a stage for that alone would cost each event something. */
    private boolean startsWithParse() {
        return !plan.steps().isEmpty() && plan.steps().get(0).kind() instanceof ParseKind;
    }

    private PipelineBuilder<LogEvent, LogEvent> addStepsAndSinks(
            PipelineBuilder<LogEvent, LogEvent> first, List<Schema> schemas) {
        PipelineBuilder<LogEvent, LogEvent> builder = first;
        boolean behindResults = false;
        addSinks(builder, 0, site(schemas.get(0), false));
        for (int i = 0; i < plan.steps().size(); i++) {
            Part step = plan.steps().get(i);
            StepKind kind = (StepKind) step.kind();
            builder = kind.add(builder, step, site(schemas.get(i), behindResults));
            if (kind.givesResults()) {
                behindResults = true;
                OptionalInt bound = standIns.bound();
                (bound.isPresent() ? bound : kind.bound(step)).ifPresent(builder::bound);
            }
            if (keepsRows && kind.isReported()) {
                Rows sink = new Rows(keys);
                rows.put(step.name(), sink);
                builder.sink(step.name() + Rows.SUFFIX, sink);
            }
            addSinks(builder, i + 1, site(schemas.get(i + 1), behindResults));
        }
        return builder;
    }

    private Site site(Schema schema, boolean behindResults) {
        boolean retried = plan.settings().whenFailed() instanceof WhenFailed.Retry;
        return new Site(keys, schema, behindResults, retried, Disorder.time(plan), surroundings, findings);
    }

    /** Adds the sinks that stand behind {@code steps} steps. */
    private void addSinks(PipelineBuilder<LogEvent, LogEvent> builder, int steps, Site site) {
        Set<String> routed = new HashSet<>();
        plan.routes().forEach(route -> routed.addAll(route.to()));
        for (Part part : plan.sinks()) {
            if (PlanCheck.place(plan, part) == steps && !routed.contains(part.name())) {
                if (LateEvents.isFor(part, plan)) {
                    builder.lateSink(part.name(), sink(part, site), delivery(part, site));
                } else {
                    builder.sink(part.name(), sink(part, site), delivery(part, site));
                }
            }
        }
        if (steps == plan.steps().size() && !plan.routes().isEmpty()) {
            builder.routes(ROUTES, to -> plan.routes().forEach(route -> addRoute(to, route, site)));
        }
    }

    private void addRoute(Routes<LogEvent> to, Route route, Site site) {
        if (route.when().isPresent()) {
            to.when(site.compile(route.when().get())::test);
        } else {
            to.otherwise();
        }
        for (String name : route.to()) {
            Part part = plan.sinks().stream()
                    .filter(sink -> sink.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            to.sink(name, sink(part, site), delivery(part, site));
        }
    }

    private Delivery delivery(Part sink, Site site) {
        Optional<Edge> edge = edge(sink, site);
        Delivery delivery = OwnDelivery.of(
                sink, edge.map(Edge::bound).orElse(standIns.bound().orElse(Edge.BOUND_DEFAULT)));
        return edge.map(delivery::behind).orElse(delivery);
    }

    /** The ring that a sink has of its own. */
    private Optional<Edge> edge(Part sink, Site site) {
        Options options = sink.options();
        return OverflowReader.read(SinkKind.WHEN_FULL, options)
                .map(chosen -> new Edge(
                        standIns.whenFull(whenFull(chosen, site)),
                        standIns.bound().orElse((int) options.number(SinkKind.BOUND))));
    }

    private static WhenFull whenFull(OverflowReader.Chosen chosen, Site site) {
        return chosen.overflow() == Overflow.SHED
                ? WhenFull.shed(
                        LogEvent.class, new Priority(site.compile(chosen.by().text())))
                : chosen.overflow().policy(chosen.options());
    }

    private Sink<LogEvent> sink(Part part, Site site) {
        Sink<LogEvent> sink = standIns.sink(part, keys).orElseGet(() -> ((SinkKind) part.kind()).sink(part, site));
        if (sink instanceof FileSink file) {
            files.sink(part, file);
        }
        Sink<LogEvent> chosen = part.options().has(SinkKind.WHERE)
                ? new Where(site.compile(part.options().text(SinkKind.WHERE)), sink)
                : sink;
        return journal().isPresent() ? new DigestSink<>(new NamedType(keys), chosen) : chosen;
    }
}
