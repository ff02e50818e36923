package io.ringmain.logs.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about wrong expressions: the blocks of {@code expressions/problems.txt}, each as a reader would see it. */
@Timeout(60)
class ProblemsTest {

    private static final long SEED = Long.getLong("ringmain.seed", 20_261_121);
    private static final int TEXTS = 20_000;

    static Stream<String> blocks() {
        return Arrays.stream(Table.read("problems.txt").split("\n\n", -1)).map(String::strip);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyMistakeHasItsPlaceItsMessageAndAWayOut(String block) {
        String text = block.lines().findFirst().orElseThrow();

        assertThat(show(text, problems(text, Sample.CLOSED))).isEqualTo(block);
    }

    /** A condition, because that is what most people write; computed values only if they are none. */
    private static List<Problem> problems(String text, Schema schema) {
        ExpressionException mistakes =
                catchThrowableOfType(ExpressionException.class, () -> Expression.condition(text, schema, new Keys()));
        assertThat(mistakes).as(text).isNotNull();
        return mistakes.problems();
    }

    private static String show(String text, List<Problem> problems) {
        StringBuilder shown = new StringBuilder(text);
        for (Problem problem : problems) {
            shown.append('\n').append(" ".repeat(problem.offset())).append("^".repeat(problem.length()));
            shown.append('\n').append(problem.message());
            shown.append(problem.hint().isEmpty() ? "" : "\n> " + problem.hint());
        }
        return shown.toString();
    }

    @Test
    void anEmptyTextIsAMistake() {
        for (String text : List.of("", " ", "\n\t")) {
            assertThat(problems(text, Sample.CLOSED))
                    .containsExactly(new Problem(
                            0, 1, "an empty expression", "write a condition like status >= 500, or a value"));
        }
    }

    @Test
    void nestingHasALimit() {
        int most = Parser.LEVELS_MAX - 1;
        for (String wrapped : List.of("(", "not ", "-", "abs(", "not(")) {
            String end = wrapped.endsWith("(") ? ")" : "";
            String inner = wrapped.startsWith("not") || wrapped.equals("(") ? "true" : "1";

            assertThatCode(() -> Expression.compile(
                            wrapped.repeat(most / 2) + inner + end.repeat(most / 2), Sample.CLOSED, new Keys()))
                    .doesNotThrowAnyException();
            assertThat(problems(wrapped.repeat(10_000) + inner + end.repeat(10_000), Sample.CLOSED))
                    .singleElement()
                    .extracting(Problem::message)
                    .isEqualTo("more than 100 levels of nesting (expected: <= 100)");
        }
    }

    @Test
    void aLongSumIsNestedToo() {
        assertThat(problems("1" + " + 1".repeat(10_000), Sample.CLOSED)).hasSize(1);
        assertThatCode(() -> Expression.compile("1" + " + status".repeat(98), Sample.CLOSED, new Keys()))
                .doesNotThrowAnyException();
    }

    @Test
    void aLongChainOfConditionsIsFlat() throws Exception {
        String text = "status == 1" + " or status == 2".repeat(5_000);

        assertThat(Expression.compile(text, Sample.CLOSED, new Keys()).test(new Sample().event))
                .isFalse();
    }

    @Test
    void theTextHasALimit() {
        assertThat(problems("status == " + "1".repeat(Expression.TEXT_LENGTH_MAX), Sample.CLOSED))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).isEqualTo("an expression of 100010 characters (expected: <= 100000)");
                    assertThat(problem.offset()).isEqualTo(Expression.TEXT_LENGTH_MAX);
                });
    }

    @Test
    void whereThereAreNoFieldsThatIsSaid() {
        Schema none = new Schema(Map.of(), false);

        assertThat(problems("status > 1", none))
                .containsExactly(new Problem(0, 6, "unknown field status", "there are no fields here"));
    }

    @Test
    void moreNamesThanAPipelineHasAreAMistake() {
        Keys keys = new Keys();
        for (int i = 4; i < Keys.COUNT_MAX; i++) {
            keys.id("name" + i);
        }

        ExpressionException mistake =
                catchThrowableOfType(ExpressionException.class, () -> Expression.compile("another", Sample.OPEN, keys));

        assertThat(mistake).hasMessage("one name too many (expected: <= 4096 in one pipeline)");
    }

    @Test
    void theMessageHasAllMistakes() {
        ExpressionException mistakes = catchThrowableOfType(
                ExpressionException.class, () -> Expression.compile("a == b", Sample.CLOSED.without("a"), new Keys()));

        assertThat(mistakes.getMessage().lines()).hasSize(2);
    }

    @Test
    void randomTextIsAnExpressionOrAMistake() {
        List<String> words = List.of(
                "status",
                "path",
                "level",
                "took",
                "timestamp",
                "secure",
                "size",
                "unknown",
                "WARN",
                "500",
                "1.5",
                "5s",
                "\"a\"",
                "'2015-05-17'",
                "null",
                "true",
                "==",
                "!=",
                "<",
                ">=",
                "+",
                "-",
                "*",
                "/",
                "%",
                "and",
                "or",
                "not",
                "in",
                "matches",
                "(",
                ")",
                "(",
                ")",
                ",",
                "if(",
                "coalesce(",
                "lower(",
                "min(",
                "truncate(",
                "\"[\"",
                "`a-b`");
        Random random = new Random(SEED);
        Sample sample = new Sample();
        int right = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = i % 2 == 0 ? words(random, words) : characters(random);
            Schema schema = i % 4 < 2 ? Sample.CLOSED : Sample.OPEN;
            right += isRight(text, schema, sample) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(100);
    }

    private static boolean isRight(String text, Schema schema, Sample sample) {
        try {
            Expression.compile(text, schema, sample.keys).test(sample.event);
            return true;
        } catch (ExpressionException mistakes) {
            for (Problem problem : mistakes.problems()) {
                assertThat(problem.offset() + problem.length()).isLessThanOrEqualTo(text.length() + 1);
                assertThat(problem.message()).isNotEmpty();
            }
            return false;
        } catch (Exception | StackOverflowError other) {
            throw new AssertionError(text + "; repeat with -Dringmain.seed=" + SEED, other);
        }
    }

    private static String words(Random random, List<String> words) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(8); left >= 0; left--) {
            text.append(words.get(random.nextInt(words.size()))).append(random.nextInt(5) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private static String characters(Random random) {
        StringBuilder text = new StringBuilder();
        String signs = "aeInot_.019\"'`\\()<>=!&|+-*/%, \tums\u00e4\u65e5";
        for (int left = random.nextInt(20); left >= 0; left--) {
            boolean isRare = random.nextInt(20) == 0;
            text.append(isRare ? (char) random.nextInt(0x10000) : signs.charAt(random.nextInt(signs.length())));
        }
        return text.toString();
    }
}
