package io.ringmain.logs.plan;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Text;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.step.ComputeField;
import io.ringmain.logs.step.CopyField;
import io.ringmain.logs.step.RemoveField;
import io.ringmain.logs.step.RenameField;
import io.ringmain.logs.step.SetField;
import io.ringmain.logs.step.SetHost;
import io.ringmain.logs.step.SetIngestTime;
import io.ringmain.spi.Stage;
import java.util.List;
import java.util.Map;

/** {@code enrich}: adds, computes, copies, renames and removes fields, in this order. */
final class EnrichKind extends StageKind {

    private static final OptionSpec SET =
            OptionSpec.of("set", OptionType.TEXTS, "{env: prod}", "Fields that get the same text in each event.");

    private static final OptionSpec COMPUTE = OptionSpec.of(
            "compute",
            OptionType.EXPRESSIONS,
            "{minute: 'truncate(timestamp, 1m)'}",
            "Fields that get the value of an expression; each sees those before it.");

    private static final OptionSpec COPY =
            OptionSpec.of("copy", OptionType.NAMES, "{client: address}", "Fields, and the second names that they get.");

    private static final OptionSpec RENAME =
            OptionSpec.of("rename", OptionType.NAMES, "{client: address}", "Fields, and their new names.");

    private static final OptionSpec REMOVE =
            OptionSpec.of("remove", OptionType.FIELDS, "[ident, user]", "Fields that go.");

    private static final OptionSpec INGEST_TIME = OptionSpec.of(
                    "ingest_time", OptionType.BOOLEAN, "true", "Whether ingest_time is set to the time now.")
            .defaulting("false");

    private static final OptionSpec HOST = OptionSpec.of(
                    "host", OptionType.BOOLEAN, "true", "Whether host is set to the name of this machine.")
            .defaulting("false");

    EnrichKind() {
        super(
                "enrich",
                "Changes the fields of each event, in this order: set, compute, copy, rename, remove, ingest_time, host.",
                List.of(SET, COMPUTE, COPY, RENAME, REMOVE, INGEST_TIME, HOST));
    }

    @Override
    public String example() {
        return "- enrich: {set: {env: prod}}";
    }

    @Override
    Schema check(Scope scope) {
        if (scope.options().isEmpty()) {
            scope.problem("nothing to do (expected: at least one option)", "such as " + example());
        }
        Schema schema = scope.schema();
        for (Map.Entry<Written, Written> pair : scope.pairs(SET).entrySet()) {
            schema = set(scope, pair, schema);
        }
        for (Map.Entry<Written, Written> pair : scope.pairs(COMPUTE).entrySet()) {
            FieldType type =
                    scope.compile(pair.getValue(), schema).map(Expression::type).orElse(FieldType.ANY);
            schema = with(scope, pair.getKey(), type, schema);
        }
        for (Map.Entry<Written, Written> pair : scope.pairs(COPY).entrySet()) {
            FieldType type = from(scope, pair, schema);
            schema = with(scope, pair.getValue(), type, schema);
        }
        for (Map.Entry<Written, Written> pair : scope.pairs(RENAME).entrySet()) {
            FieldType type = from(scope, pair, schema);
            refuseLine(scope, pair.getKey());
            if (pair.getKey().text().equals(pair.getValue().text())) {
                scope.problem(pair.getValue(), "its own name (expected: another)", "remove it");
            }
            schema = with(
                    scope,
                    pair.getValue(),
                    type,
                    schema.renamed(pair.getKey().text(), pair.getValue().text()));
        }
        for (Written name : scope.texts(REMOVE)) {
            scope.field(name, schema);
            refuseLine(scope, name);
            schema = schema.without(name.text());
        }
        schema = scope.options().isTrue(INGEST_TIME) ? schema.with("ingest_time", FieldType.TIME) : schema;
        if (!scope.options().isTrue(HOST)) {
            return schema;
        }
        scope.give(SetHost.FIELD);
        return schema.with(SetHost.FIELD, FieldType.TEXT);
    }

    private static Schema set(Scope scope, Map.Entry<Written, Written> pair, Schema schema) {
        Written text = pair.getValue();
        boolean isLevel = pair.getKey().text().equals("level");
        if (isLevel && Level.of(text.text()) == null) {
            scope.problem(
                    text,
                    text.text() + " (expected: TRACE, DEBUG, INFO, WARN, ERROR, FATAL or an alias)",
                    "such as INFO");
        }
        return with(scope, pair.getKey(), isLevel ? FieldType.LEVEL : FieldType.TEXT, schema);
    }

    private static FieldType from(Scope scope, Map.Entry<Written, Written> pair, Schema schema) {
        return scope.field(pair.getKey(), schema).orElse(FieldType.ANY);
    }

    private static void refuseLine(Scope scope, Written name) {
        if (name.text().equals("line")) {
            scope.problem(
                    name,
                    "the line stays as it was read (expected: another field)",
                    "copy it, if it is wanted under another name");
        }
    }

    /** The schema with a new field {@code name}, checked against what level and timestamp can hold. */
    private static Schema with(Scope scope, Written name, FieldType type, Schema schema) {
        refuseLine(scope, name);
        boolean isLevel = name.text().equals("level");
        boolean isTime = name.text().equals("timestamp");
        boolean fits = isLevel
                ? type == FieldType.LEVEL || type == FieldType.TEXT || type == FieldType.ANY
                : !isTime || type == FieldType.TIME || type == FieldType.ANY;
        if (!fits) {
            String expected = isLevel ? "a level" : "a time";
            scope.problem(
                    name,
                    TypeWords.of(type) + " (expected: " + expected + ')',
                    "give it another name, or make it " + expected);
        }
        scope.give(name.text());
        return schema.with(name.text(), held(name.text(), type));
    }

    /** What a field holds once it has got a value of {@code type}: a level outside of its own place is a text. */
    private static FieldType held(String name, FieldType type) {
        return switch (name) {
            case "level" -> FieldType.LEVEL;
            case "timestamp" -> FieldType.TIME;
            default -> type == FieldType.LEVEL ? FieldType.TEXT : type;
        };
    }

    @Override
    Stage<LogEvent> stage(Part part, Site site) {
        Options options = part.options();
        Keys keys = site.keys();
        Chain chain = new Chain(site.isRetried());
        Schema schema = site.schema();
        for (Map.Entry<String, String> pair : options.mapping(SET).entrySet()) {
            chain.add(new SetField(keys.id(pair.getKey()), Text.of(pair.getValue())));
            schema = schema.with(pair.getKey(), held(pair.getKey(), FieldType.TEXT));
        }
        for (Map.Entry<String, String> pair : options.mapping(COMPUTE).entrySet()) {
            Expression expression = site.compile(pair.getValue(), schema);
            chain.add(new ComputeField(keys.id(pair.getKey()), expression));
            schema = schema.with(pair.getKey(), held(pair.getKey(), expression.type()));
        }
        options.mapping(COPY).forEach((from, to) -> chain.add(new CopyField(keys.id(from), keys.id(to))));
        options.mapping(RENAME).forEach((from, to) -> chain.add(new RenameField(keys.id(from), keys.id(to))));
        options.texts(REMOVE).forEach(name -> chain.add(new RemoveField(keys.id(name))));
        if (options.isTrue(INGEST_TIME)) {
            chain.add(new SetIngestTime(site.surroundings().epochNs()));
        }
        if (options.isTrue(HOST)) {
            chain.add(new SetHost(keys, site.surroundings().host()));
        }
        return chain;
    }
}
