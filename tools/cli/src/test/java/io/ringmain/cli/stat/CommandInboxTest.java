package io.ringmain.cli.stat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that somebody has begun to write. */
class CommandInboxTest {

    @TempDir
    private Path directory;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CountersLayout.COMMANDS_BYTES]);
    private final ManyToOneRingBuffer ring = new ManyToOneRingBuffer(buffer);
    private final AtomicLong nowNs = new AtomicLong();
    private final List<String> commanded = new ArrayList<>();

    private int begin(String command) {
        byte[] text = command.getBytes(StandardCharsets.UTF_8);
        int index = ring.tryClaim(CommandInbox.COMMAND, Long.BYTES + text.length);
        buffer.putLong(index, commanded.size());
        buffer.putBytes(index + Long.BYTES, text);
        return index;
    }

    @Test
    void oneThatIsBeingWrittenIsNotLost() {
        var inbox = new CommandInbox(buffer, directory.resolve("run"), nowNs::get);
        int first = begin("first");

        inbox.poll(this::done);
        nowNs.addAndGet(CommandInbox.WRITING_NS_MAX);
        inbox.poll(this::done);
        assertThat(commanded).isEmpty();
        ring.commit(first);
        inbox.poll(this::done);

        assertThat(commanded).containsExactly("first");
    }

    @Test
    void oneWhoseWriterDiedKeepsOutNobodyForLong() {
        var inbox = new CommandInbox(buffer, directory.resolve("run"), nowNs::get);
        begin("never ended");
        ring.commit(begin("second"));

        inbox.poll(this::done);
        nowNs.addAndGet(CommandInbox.WRITING_NS_MAX + 1);
        inbox.poll(this::done);
        inbox.poll(this::done);

        assertThat(commanded).containsExactly("second");
    }

    private String done(String command) {
        commanded.add(command);
        return "done";
    }
}
