package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema for editors, judged by a validator that others wrote. */
class PlanSchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PlanSchema.json(), InputFormat.JSON);

    static Stream<Path> rightPlans() {
        return PlanTexts.in("right").stream();
    }

    @Test
    void schemaIsASchema() {
        Schema metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(metaSchema.validate(PlanSchema.json(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void schemaIsTheSameTextEachTime() {
        assertThat(PlanSchema.json())
                .isEqualTo(PlanSchema.json())
                .startsWith("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n");
    }

    @ParameterizedTest
    @MethodSource("rightPlans")
    void rightPlanKeepsToTheSchema(Path file) {
        assertThat(errors(PlanTexts.text(file))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown-setting",
                "no-sources",
                "source-misspelt-option",
                "source-unknown-type",
                "source-name-with-dot",
                "step-misspelt",
                "step-two-kinds",
                "parse-unknown-format",
                "take-zero",
                "enrich-set-nested",
                "aggregate-without-compute",
                "sink-unknown-format",
                "sink-when-full",
                "sink-bound-zero",
                "sink-when-failed-unknown",
                "sink-when-failed-list",
                "sink-when-failed-retry-without-then",
                "source-when-full-room",
                "source-when-full-unknown",
                "when-full-alone",
                "when-full-shed-lines",
                "when-full-share",
                "when-full-share-zero",
                "when-full-with-nothing-to-say",
                "when-full-two",
                "when-full-misspelt-option",
                "when-full-spill-path",
                "when-full-spill-without-size",
                "pool-no-number",
                "pool-too-many",
                "pool-without-max",
                "pool-beside-sample",
                "partition-a-word",
                "partition-without-lanes",
                "partition-beside-aggregate",
                "throttle-zero",
                "routes-not-a-list",
                "routes-else-with-to",
                "routes-without-to",
                "routes-misspelt-option",
                "when-failed-missing",
                "when-failed-retry-without-then",
                "drain-within"
            })
    void wrongNamesAndTypesBreakTheSchema(String name) {
        Path file = PlanTexts.in("wrong").get(0).resolveSibling(name + ".yaml");

        assertThat(errors(PlanTexts.text(file))).isNotEmpty();
    }

    private static List<Error> errors(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML);
    }
}
