package io.ringmain.internal.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.spi.FailureKind;
import io.ringmain.window.Aggregations;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fails, finds no room, or is not what was saved, costs no result. */
@Timeout(60)
class WindowFailuresTest extends WindowHarness {

    @Test
    void aResultThatCannotBeWrittenEndsThePipelineAndIsNotLost() {
        var broken = new WindowEmitter<Event, Row>(
                new Case(new Windows.Aligned(10, 10, 0), 0, List.of(0L)).windowing(), (result, row) -> {
                    throw new IllegalStateException("full");
                });
        window = broken;

        assertThatThrownBy(() -> add(5, 15)).hasMessage("full").satisfies(failure -> assertThat(
                        broken.kindOf((Exception) failure))
                .isEqualTo(FailureKind.FATAL));
    }

    @Test
    void aCheckpointOfOtherKeysOrComputationsIsRefused() throws Exception {
        Windowing<Event> plain = new Case(new Windows.Aligned(10, 10, 0), 0, List.of(0L)).windowing();
        window = emitter(plain.signature("by client"), 1);
        add(5);
        var bytes = new ByteArrayOutputStream();
        window.save(new DataOutputStream(bytes));

        for (Windowing<Event> other : List.of(
                plain.signature("by status"), plain.signature("by client").compute(Aggregations.count()))) {
            assertThatThrownBy(() ->
                            emitter(other, 1).load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                    .hasMessageContaining("expected: the same windows");
        }
    }
}
