package io.ringmain.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Packs and unpacks in memory, as the command does in files. */
final class Packed {

    static final int CHUNK_BYTES = PackFormat.CHUNK_BYTES_MIN;

    private static final KeyPair KEYS = keys();
    /** Made once: to read the text of a key takes as long as to decrypt a small file. */
    private static final Unlocking UNLOCKING = identity();

    private Packed() {}

    private static KeyPair keys() {
        try {
            return new X25519KeyPairGenerator().generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String text(Key key) {
        return new String(key.getEncoded(), StandardCharsets.US_ASCII);
    }

    static Packing packing(PackFormat format, Locking locking) {
        return new Packing(format, format.level(), CHUNK_BYTES, 4, 2, 2, locking);
    }

    static Locking locked() {
        try {
            return Locking.recipients(List.of(new Locking.Recipient("here", text(KEYS.getPublic()))));
        } catch (PackException wrong) {
            throw new AssertionError(wrong);
        }
    }

    static Unlocking unlocking() {
        return UNLOCKING;
    }

    private static Unlocking identity() {
        try {
            return Unlocking.identities("key.txt", List.of("# created: today", "", text(KEYS.getPrivate())));
        } catch (PackException wrong) {
            throw new AssertionError(wrong);
        }
    }

    static byte[] pack(byte[] content, Packing packing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pack(content, packing, out);
        return out.toByteArray();
    }

    static FlowReport pack(byte[] content, Packing packing, ByteArrayOutputStream out) throws IOException {
        ReadableByteChannel in = Channels.newChannel(new ByteArrayInputStream(content));
        WritableByteChannel to = Channels.newChannel(out);
        return ChunkFlow.packing(
                        ChunkMemory.toPack(packing),
                        packing,
                        new FlowInput("content", in, in),
                        new FlowOutput("packed", to, to))
                .run();
    }

    /** Unpacks through a flow. */
    static byte[] unpack(byte[] packed, Unlocking unlocking) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReadableByteChannel in = Channels.newChannel(new ByteArrayInputStream(packed));
        WritableByteChannel to = Channels.newChannel(out);
        ChunkFlow.unpacking(
                        ChunkMemory.toUnpack(2, CHUNK_BYTES),
                        new PackedInput("packed", in, unlocking),
                        new FlowInput("packed", in, in),
                        new FlowOutput("content", to, to))
                .run();
        return out.toByteArray();
    }

    /** Reads to the end without a flow: quicker, where it is done thousands of times. */
    static void check(byte[] packed, Unlocking unlocking) throws IOException {
        try (PackedInput input =
                new PackedInput("packed", Channels.newChannel(new ByteArrayInputStream(packed)), unlocking)) {
            assertThat(input.check(() -> false)).isTrue();
        }
    }

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Lines as of a log, which become about a fifth. */
    static byte[] text(long seed, int bytes) {
        RandomGenerator random = random(seed);
        StringBuilder text = new StringBuilder(bytes + 80);
        for (int i = 0; text.length() < bytes; i++) {
            text.append("2015-05-17T10:05:")
                    .append(i % 60)
                    .append(" GET /page/")
                    .append(random.nextInt(500));
            text.append(" 200 ").append(random.nextInt(10_000)).append('\n');
        }
        return text.substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] noise(long seed, int bytes) {
        byte[] noise = new byte[bytes];
        random(seed).nextBytes(noise);
        return noise;
    }

    /** Each format, and with each of them each way to encrypt. */
    static List<Packing> all() {
        List<Packing> all = new ArrayList<>();
        for (PackFormat format : PackFormat.values()) {
            all.add(packing(format, Locking.none()));
            all.add(packing(format, locked()));
        }
        return all;
    }
}
