package io.ringmain.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeTest {

    @ParameterizedTest
    @CsvSource({"1,1", "1,2", "3,2", "8192,2", "8192,3", "100,8"})
    void eachSequenceBelongsToOneStripeAndBlocksEndWhereTheOwnerChanges(int bound, int count) {
        for (long sequence = 0; sequence < 5_000; sequence++) {
            int owners = 0;
            for (int i = 0; i < count; i++) {
                Stripe stripe = Stripe.of(i, count, bound);
                owners += stripe.isOwn(sequence) ? 1 : 0;
                long last = stripe.lastOfBlock(sequence);
                assertThat(last).isGreaterThanOrEqualTo(sequence);
                assertThat(stripe.isOwn(last)).isEqualTo(stripe.isOwn(sequence));
            }
            assertThat(owners).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"8192,2,256", "16,2,4", "3,2,1", "1,4,1"})
    void blocksAreSoSmallThatAllStripesHaveSomeInARing(int bound, int count, int block) {
        assertThat(Stripe.of(0, count, bound).lastOfBlock(0) + 1).isEqualTo(block);
    }
}
