package io.ringmain.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No change of our files, and no loss of their end, goes unnoticed. */
@Timeout(300)
class DamageTest {

    private static final long SEED = 20_150_517;
    private static final int PLACES = 1_000;
    private static final int LENGTH = Packed.CHUNK_BYTES + 9_000;

    /** Each format as it is, and one of them encrypted, which takes as long as all the others. */
    static List<Packing> all() {
        List<Packing> all = new ArrayList<>();
        for (PackFormat format : PackFormat.values()) {
            all.add(Packed.packing(format, Locking.none()));
        }
        all.add(Packed.packing(PackFormat.ZSTD, Packed.locked()));
        return all;
    }

    /** The other formats encrypted. */
    static List<Packing> locked() {
        List<Packing> all = new ArrayList<>(Packed.all());
        all.removeIf(packing -> !packing.locking().isLocking() || packing.format() == PackFormat.ZSTD);
        return all;
    }

    private static byte[] packed(Packing packing) throws IOException {
        return Packed.pack(Packed.text(SEED, LENGTH), packing);
    }

    /** Fails if {@code damaged} can be read to its end, or something else than a sentence comes of it. */
    private static void assertRefused(byte[] damaged, String what) {
        try {
            Packed.check(damaged, Packed.unlocking());
        } catch (PackException sentence) {
            assertThat(sentence).hasMessageStartingWith("packed: ");
            return;
        } catch (IOException | RuntimeException other) {
            fail(what + ", seed " + SEED, other);
        }
        fail(what + " goes unnoticed, seed " + SEED);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aByteThatChangesAtAnyPlaceIsFound(Packing packing) throws IOException {
        byte[] whole = packed(packing);
        Packed.check(whole, Packed.unlocking());
        RandomGenerator random = Packed.random(SEED);
        for (int i = 0; i < PLACES; i++) {
            int at = random.nextInt(whole.length);
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 + random.nextInt(255));
            assertRefused(damaged, packing.format() + ": byte " + at + " from " + whole[at] + " to " + damaged[at]);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aFileThatEndsAtAnyPlaceIsFound(Packing packing) throws IOException {
        byte[] whole = packed(packing);
        RandomGenerator random = Packed.random(SEED + 1);
        for (int i = 0; i < PLACES; i++) {
            int length = random.nextInt(whole.length);
            assertRefused(Arrays.copyOf(whole, length), packing.format() + ": cut to " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("locked")
    @Tag("slow")
    void soItIsInTheOthersEncrypted(Packing packing) throws IOException {
        aByteThatChangesAtAnyPlaceIsFound(packing);
        aFileThatEndsAtAnyPlaceIsFound(packing);
    }

    /** Where a change could make the file look like one of somebody else, each bit is tried; so it is in the header of an encryption. */
    @ParameterizedTest
    @MethodSource("all")
    void eachBitOfTheBeginningAndOfTheEndCounts(Packing packing) throws IOException {
        byte[] whole = packed(packing);
        int headBytes = packing.locking().isLocking() ? 230 : Envelope.MARK_BYTES_MAX + 22;
        for (int at = 0; at < whole.length; at++) {
            if (at == headBytes) {
                at = whole.length - 90;
            }
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                assertRefused(damaged, packing.format() + ": bit " + bit + " of byte " + at);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachCutNearTheEndIsFound(PackFormat format) throws IOException {
        byte[] whole = packed(Packed.packing(format, Locking.none()));
        for (int lost = 1; lost < 200; lost++) {
            assertRefused(Arrays.copyOf(whole, whole.length - lost), format + ": without its last " + lost);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileWithoutItsMarkIsRefusedForItsTrailer(PackFormat format) throws IOException {
        byte[] whole = packed(Packed.packing(format, Locking.none()));
        byte[] without = Arrays.copyOfRange(whole, Envelope.markBytes(format), whole.length);

        assertThatThrownBy(() -> Packed.check(without, Unlocking.none()))
                .hasMessageContaining("it ends as files of ringmain do, and does not begin so");
    }

    @ParameterizedTest
    @EnumSource
    void aChunkThatIsMissingOrComesTwiceIsFound(PackFormat format) throws IOException {
        Packing packing = Packed.packing(format, Locking.none());
        byte[] twoChunks = Packed.pack(Packed.noise(1, 2 * Packed.CHUNK_BYTES), packing);
        int from = Envelope.markBytes(format);
        int to = twoChunks.length - Envelope.trailerBytes(format);
        int middle = from + (to - from) / 2;
        byte[] first = Arrays.copyOfRange(twoChunks, from, middle);

        assertRefused(joined(Arrays.copyOf(twoChunks, middle), tail(twoChunks, to)), "the second is missing");
        assertRefused(joined(Arrays.copyOf(twoChunks, to), first, tail(twoChunks, to)), "the first comes again");
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void somethingBehindTheEndIsFound() throws IOException {
        for (Packing packing : Packed.all()) {
            byte[] whole = packed(packing);
            assertRefused(Arrays.copyOf(whole, whole.length + 1), packing.format() + ": a byte more");
            assertRefused(joined(whole, whole), packing.format() + ": twice");
        }
    }

    @Test
    void theSentenceSaysWhatToDo() throws IOException {
        byte[] whole = packed(Packed.packing(PackFormat.ZSTD, Locking.none()));
        byte[] cut = Arrays.copyOf(whole, whole.length - 44);

        assertThatThrownBy(() -> Packed.check(cut, Unlocking.none()))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("packed: damaged or not whole: ")
                .hasMessageContaining("; get the file again from where it came");
    }

    @Test
    void whatIsNotPackedIsRefused() {
        assertThatThrownBy(() -> Packed.check(new byte[0], Unlocking.none())).hasMessageContaining("packed: empty");
        assertThatThrownBy(() -> Packed.check(Packed.text(1, 1_000), Unlocking.none()))
                .hasMessageContaining("not packed, or its beginning is damaged (expected: zstd, gzip or lz4");
    }
}
