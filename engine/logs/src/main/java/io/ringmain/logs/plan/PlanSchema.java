package io.ringmain.logs.plan;

import io.ringmain.logs.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (draft 2020-12) of plan files, for editors: made of the kinds and their options, so that it cannot differ from
 * what the reader takes. It knows names and types; fields and expressions are the reader's matter. Thread: any.
 */
public final class PlanSchema {

    private static final String NAME_FORM = "^[A-Za-z][A-Za-z0-9_-]{0,63}$";

    private PlanSchema() {}

    /** Returns the schema as text. */
    public static String json() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(SettingsReader.NAME.name(), option(SettingsReader.NAME));
        properties.put(Role.SOURCE.section(), named(Role.SOURCE));
        properties.put(Role.STEP.section(), steps());
        properties.put(Role.SINK.section(), named(Role.SINK));
        properties.put(RoutesReader.ROUTES, routes());
        properties.put(SettingsReader.WHEN_FULL.name(), option(SettingsReader.WHEN_FULL));
        properties.put(SettingsReader.WHEN_FAILED.name(), option(SettingsReader.WHEN_FAILED));
        properties.put(LettersReader.DEAD_LETTERS, mapping(LettersReader.ALL, Map.of()));
        properties.put(JournalOptions.JOURNAL, mapping(JournalOptions.ALL, Map.of()));
        properties.put(SettingsReader.DRAIN_WITHIN.name(), option(SettingsReader.DRAIN_WITHIN));
        Map<String, Object> root = object(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "title",
                "Ringmain plan",
                "type",
                "object",
                "properties",
                properties,
                "required",
                List.of(Role.SOURCE.section(), Role.SINK.section(), SettingsReader.WHEN_FAILED.name()),
                "additionalProperties",
                false);
        return JsonText.indented().object(root).toString() + '\n';
    }

    private static Map<String, Object> named(Role role) {
        List<Object> kinds = new ArrayList<>();
        for (Kind kind : Kinds.all(role)) {
            Map<String, Object> type = Map.of("const", kind.name());
            Map<String, Object> schema = mapping(kind.options(), Map.of(PlanReader.TYPE, type));
            schema.put("description", kind.sentence());
            kinds.add(schema);
        }
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("type", "object");
        section.put("minProperties", 1);
        section.put("propertyNames", Map.of("pattern", NAME_FORM));
        section.put("additionalProperties", Map.of("oneOf", kinds));
        return section;
    }

    private static Map<String, Object> steps() {
        List<Object> kinds = new ArrayList<>();
        for (Kind kind : Kinds.all(Role.STEP)) {
            Map<String, Object> options = mapping(kind.options(), Map.of());
            Object value = kind.shortForm()
                    .<Object>map(spec -> any(options, option(spec)))
                    .orElse(options);
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put(kind.name(), value);
            properties.put(PlanReader.NAME, text(NAME_FORM));
            kind.spreads().forEach(way -> properties.put(way.word(), spread(way)));
            Map<String, Object> step = new LinkedHashMap<>();
            step.put("description", kind.sentence());
            step.put("type", "object");
            step.put("properties", properties);
            step.put("required", List.of(kind.name()));
            step.put("additionalProperties", false);
            kinds.add(step);
        }
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("type", "array");
        section.put("minItems", 1);
        section.put("items", Map.of("oneOf", kinds));
        return section;
    }

    private static Map<String, Object> spread(Spread.Way way) {
        Map<String, Object> options = mapping(way.options(), Map.of());
        return described(
                way.sentence(),
                way.shortForm().map(spec -> any(options, option(spec))).orElse(options));
    }

    private static Map<String, Object> routes() {
        Map<String, Object> route = mapping(List.of(Route.WHEN.required(), Route.TO.required()), Map.of());
        Map<String, Object> rest = mapping(List.of(Route.ELSE.required()), Map.of());
        return object("type", "array", "minItems", 1, "items", any(route, rest));
    }

    /** A mapping of options, with more members that must be there. */
    private static Map<String, Object> mapping(List<OptionSpec> specs, Map<String, Object> more) {
        Map<String, Object> properties = new LinkedHashMap<>(more);
        List<String> required = new ArrayList<>(more.keySet());
        for (OptionSpec spec : specs) {
            properties.put(spec.name(), option(spec));
            if (spec.isRequired()) {
                required.add(spec.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> option(OptionSpec spec) {
        Map<String, Object> schema = described(spec.sentence(), type(spec));
        if (!spec.defaultText().isEmpty()) {
            schema.put("default", defaultOf(spec));
        }
        return schema;
    }

    private static Object defaultOf(OptionSpec spec) {
        return switch (spec.type()) {
            case NUMBER -> Amount.parse(spec.type(), spec.defaultText()).orElse(0);
            case SHARE, FACTOR -> Double.valueOf(spec.defaultText());
            case BOOLEAN -> spec.defaultText().equals("true");
            case TEXT,
                    PATH,
                    PATHS,
                    SIZE,
                    DURATION,
                    CHOICE,
                    POLICY,
                    FATE,
                    GROUP,
                    CONDITION,
                    FIELDS,
                    SINKS,
                    TEXTS,
                    EXPRESSIONS,
                    NAMES,
                    COMPUTATIONS -> spec.defaultText();
        };
    }

    private static Map<String, Object> described(String sentence, Map<String, Object> type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", sentence);
        schema.putAll(type);
        return schema;
    }

    private static Map<String, Object> type(OptionSpec spec) {
        return switch (spec.type()) {
            case TEXT, PATH, CONDITION -> scalar();
            case PATHS, FIELDS, SINKS -> any(scalar(), object("type", "array", "minItems", 1, "items", scalar()));
            case NUMBER -> any(whole(spec), text("^-?[0-9][0-9_]*$"));
            case SIZE -> any(whole(spec), text("^[0-9][0-9_]* ?([kKMG]?B|[KMG]iB)?$"));
            case DURATION -> text("^[0-9][0-9_]* ?(ns|us|ms|s|m|h|d)$");
            case SHARE -> share(spec);
            case FACTOR -> object("type", "number", "exclusiveMinimum", 0);
            case BOOLEAN -> object("type", "boolean");
            case CHOICE -> object("enum", spec.choices());
            case POLICY -> policy(spec);
            case FATE -> any(object("enum", spec.choices()), mapping(spec.members(), Map.of()));
            case GROUP -> mapping(spec.members(), Map.of());
            case TEXTS, EXPRESSIONS, NAMES, COMPUTATIONS ->
                object("type", "object", "minProperties", 1, "additionalProperties", scalar());
        };
    }

    private static Map<String, Object> share(OptionSpec spec) {
        return object("type", "number", spec.min() > 0 ? "exclusiveMinimum" : "minimum", 0, "maximum", 1);
    }

    private static Map<String, Object> policy(OptionSpec spec) {
        List<String> alone = new ArrayList<>();
        List<Object> ways = new ArrayList<>();
        for (Overflow overflow : Overflow.values()) {
            if (!spec.choices().contains(overflow.word())) {
                continue;
            }
            if (overflow.standsAlone()) {
                alone.add(overflow.word());
            }
            if (!overflow.options().isEmpty()) {
                Map<String, Object> options = mapping(overflow.options(), Map.of());
                Object value = overflow.shortForm()
                        .<Object>map(only -> any(options, option(only)))
                        .orElse(options);
                Map<String, Object> way = object(
                        "description",
                        "A full ring " + overflow.fate() + '.',
                        "type",
                        "object",
                        "properties",
                        Map.of(overflow.word(), value));
                way.put("required", List.of(overflow.word()));
                way.put("additionalProperties", false);
                ways.add(way);
            }
        }
        ways.add(0, object("enum", alone));
        return object("anyOf", ways);
    }

    /** What YAML does not take for a list or mapping is read as text, whatever YAML thinks it is. */
    private static Map<String, Object> scalar() {
        return object("type", List.of("string", "number", "boolean"));
    }

    private static Map<String, Object> whole(OptionSpec spec) {
        return object("type", "integer", "minimum", spec.min(), "maximum", spec.max());
    }

    private static Map<String, Object> text(String pattern) {
        return object("type", "string", "pattern", pattern);
    }

    private static Map<String, Object> any(Object first, Object second) {
        return object("anyOf", List.of(first, second));
    }

    /** A mapping in the order in which it is written here, so that the schema is the same text each time. */
    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
