package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldsTest {

    private final Fields fields = new LogEvent().fields();
    private final Fields others = new LogEvent().fields();

    private static String shown(Fields fields) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < fields.count(); i++) {
            String value = fields.kind(i) == Fields.Kind.TEXT
                    ? fields.text(i).toString()
                    : String.valueOf(fields.longValue(i));
            text.append(fields.key(i)).append('=').append(value).append(' ');
        }
        return text.toString();
    }

    @Test
    void eachCanBeRemovedWhereverItStands() {
        for (int removed = 0; removed < 40; removed++) {
            fields.clear();
            for (int key = 0; key < 40; key++) {
                if (key % 10 == 3) {
                    fields.putText(key, Text.of("text " + key));
                } else {
                    fields.putLong(key, key);
                }
            }

            assertThat(fields.remove(removed)).isTrue();
            assertThat(fields.remove(removed)).isFalse();

            assertThat(fields.count()).isEqualTo(39);
            for (int i = 0; i < 39; i++) {
                int key = i < removed ? i : i + 1;
                assertThat(fields.key(i)).isEqualTo(key);
                if (key % 10 == 3) {
                    assertThat(fields.text(i)).isEqualTo(Text.of("text " + key));
                } else {
                    assertThat(fields.longValue(i)).isEqualTo(key);
                }
            }
        }
    }

    @Test
    void longFieldsWithoutAnyTextCanBeRemoved() {
        for (int key = 0; key < 6; key++) {
            fields.putLong(key, key);
        }

        assertThat(fields.remove(4)).isTrue();

        assertThat(shown(fields)).isEqualTo("0=0 1=1 2=2 3=3 5=5 ");
    }

    @Test
    void allOfOthersArePutBehindOrInTheirPlace() {
        fields.putText(3, Text.of("web"));
        others.putLong(7, 70);
        others.putText(8, Text.of("eight"));
        assertThat(fields.putAll(others)).isTrue();
        assertThat(shown(fields)).isEqualTo("3=web 7=70 8=eight ");

        others.putLong(3, 30);
        others.putText(7, Text.of("seven"));
        others.putLong(9, 90);
        assertThat(fields.putAll(others)).isTrue();
        assertThat(shown(fields)).isEqualTo("3=30 7=seven 8=eight 9=90 ");
    }

    @Test
    void allOfOthersArePutOrNone() {
        for (int key = 0; key < Fields.COUNT_MAX; key++) {
            assertThat(others.addLong(key, key)).isTrue();
        }
        fields.putLong(5000, 1);
        assertThat(fields.putAll(others)).isFalse();
        assertThat(shown(fields)).isEqualTo("5000=1 ");

        fields.clear();
        fields.putLong(5, 1);
        assertThat(fields.putAll(others)).isTrue();
        assertThat(fields.count()).isEqualTo(Fields.COUNT_MAX);
        assertThat(fields.addLong(5000, 1)).isFalse();
    }
}
