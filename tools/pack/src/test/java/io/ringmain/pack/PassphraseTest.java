package io.ringmain.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassphraseTest {

    /** The only one of the four with the numbers of age that does not take a gigabyte. */
    @Test
    void theThirdExampleOfRfc7914HoldsTrue() {
        byte[] key =
                PassphraseStanza.scrypt("pleaseletmein", "SodiumChloride".getBytes(StandardCharsets.US_ASCII), 14, 64);

        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
    }

    @ParameterizedTest
    @CsvSource({
        "21, takes 2048 MiB of memory (expected: at most 1024 here)",
        "23, would cost 2^23 (expected: at most 2^22)",
        "99, would cost 2^99",
        "0, damaged",
        "100, damaged"
    })
    void noHeaderCanAskForMoreThanAMachineHas(int costLog, String sentence) {
        PassphraseStanza.Body key = new PassphraseStanza.Body(new byte[32]);
        PassphraseStanza asking =
                new PassphraseStanza(PassphraseStanza.text(new byte[PassphraseStanza.SALT_BYTES]), costLog, key);

        assertThatThrownBy(() -> new PassphraseReader("any", 1L << 30).getFileKey(List.of(asking)))
                .isInstanceOf(UnsupportedRecipientStanzaException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void whoHasTooLittleMemoryToLockIsToldSo() {
        PassphraseWriter writer = new PassphraseWriter("any", PassphraseWriter.COST_LOG_DEFAULT, 50L << 20);

        assertThatThrownBy(() -> writer.getRecipientStanzas(new FileKey()))
                .isInstanceOf(UnsupportedRecipientStanzaException.class)
                .hasMessageContaining(
                        "takes 256 MiB of memory (expected: at most 50 here); give more: JAVA_TOOL_OPTIONS=");
    }

    @Test
    void chunksOfTheHeapLeaveRoomForTheRest() {
        int chunkBytes = (int) (Runtime.getRuntime().maxMemory() / 1_000);

        assertThatThrownBy(() -> ChunkMemory.toUnpack(700, chunkBytes))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("MiB for chunks (expected: at most ");
    }
}
