package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Backoff;
import io.ringmain.config.Durability;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans that are right are read as they are written. */
class RightPlansTest {

    static Stream<Path> plans() {
        return PlanTexts.in("right").stream();
    }

    @ParameterizedTest
    @MethodSource("plans")
    void rightPlanIsRead(Path file) {
        Reading reading = PlanFile.read(file, Map.of());

        assertThat(Diagnostics.render(reading.problems())).isEmpty();
        assertThat(reading.plan()).isPresent();
    }

    @Test
    void planIsReadAsItIsWritten() {
        Plan plan = plan("shop");

        assertThat(plan.name()).isEqualTo("shop-access");
        assertThat(plan.sources()).extracting(Part::name).containsExactly("web");
        assertThat(plan.steps())
                .extracting(Part::name)
                .containsExactly("parse", "filter", "enrich", "totals", "filter-2");
        assertThat(plan.steps())
                .extracting(step -> step.kind().name())
                .containsExactly("parse", "filter", "enrich", "aggregate", "filter");
        assertThat(plan.sinks()).extracting(Part::name).containsExactly("table", "raw");
        assertThat(plan.settings())
                .isEqualTo(new Settings(
                        WhenFull.block(),
                        WhenFailed.retry(3, Backoff.DEFAULT, WhenFailed.deadLetter()),
                        new LetterSettings.InMemory(1000, 16 << 20),
                        Optional.empty(),
                        Duration.ofSeconds(5)));
    }

    @Test
    void aRetryIsReadWithItsPausesAndItsEnd() {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofMinutes(1)).withoutJitter();

        assertThat(plan("patient").settings().whenFailed())
                .isEqualTo(
                        WhenFailed.retry(1000, backoff, WhenFailed.deadLetter()).within(Duration.ofMinutes(10)));
    }

    @Test
    void aJournalIsReadWithItsBounds() {
        assertThat(plan("recorded").settings().journal())
                .contains(new JournalSettings(
                        Path.of("var/journal"),
                        Durability.FSYNC,
                        OptionalLong.of(10L << 30),
                        Optional.of(Duration.ofDays(30))));
    }

    @Test
    void optionsAreReadBySpec() {
        Plan plan = plan("shop");
        Options source = plan.sources().get(0).options();
        Options totals = plan.steps().get(3).options();

        assertThat(source.texts(spec(plan.sources().get(0), "path"))).containsExactly("access.log", "old/*.log.gz");
        assertThat(source.number(LineOptions.LINE_BYTES_MAX)).isEqualTo(64 << 10);
        assertThat(totals.mapping(spec(plan.steps().get(3), "compute")))
                .containsExactly(
                        Map.entry("requests", "count()"),
                        Map.entry("bytes", "sum(bytes)"),
                        Map.entry("worst", "max(bytes)"));
        assertThat(totals.number(spec(plan.steps().get(3), "max_groups"))).isEqualTo(100_000);
        assertThat(plan.sinks().get(1).options().text(SinkKind.AFTER)).isEqualTo("parse");
    }

    @Test
    void routesAreReadInTheirOrder() {
        Plan plan = plan("routes");

        assertThat(plan.routes())
                .extracting(route -> route.when().orElse("else") + " to " + route.to())
                .containsExactly(
                        "level >= ERROR to [errors, console]", "level >= WARN to [warnings]", "else to [rest]");
    }

    @Test
    void fileGivesTheNameOfAPlanWithoutOne() {
        assertThat(plan("copy").name()).isEqualTo("copy");
    }

    @Test
    void randomlyDamagedPlansGiveProblemsAndNeverThrow() {
        long seed = new Random().nextLong();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed=" + seed);
        Random random = new Random(seed);
        List<String> texts = plans().map(PlanTexts::text).toList();
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder(texts.get(random.nextInt(texts.size())));
            for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
                damage(text, random);
            }

            Reading reading = PlanFile.read(text.toString(), "shop.yaml", Map.of());

            assertThat(reading.plan().isPresent())
                    .as("seed %d, plan:%n%s", seed, text)
                    .isEqualTo(reading.problems().isEmpty());
            assertThat(Diagnostics.render(reading.problems())).doesNotContain("Exception");
        }
    }

    private static void damage(StringBuilder text, Random random) {
        String signs = "{}[]:,-'\"\n #&*!|>%@`\t\\(=0a\u00e4\ud83d\ude00";
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, signs.charAt(random.nextInt(signs.length())));
            case 2 -> text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
            default -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
        }
        text.append(text.isEmpty() ? "x" : "");
    }

    private static OptionSpec spec(Part part, String name) {
        return part.kind().options().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Plan plan(String name) {
        Path file = PlanTexts.in("right").get(0).resolveSibling(name + ".yaml");
        return PlanFile.read(file, Map.of()).plan().orElseThrow();
    }
}
