package io.ringmain.pack;

import java.io.Closeable;
import java.nio.channels.WritableByteChannel;

/**
 * Where a flow writes to.
 *
 * @param name what errors call it
 * @param channel takes the bytes; closed by who made it, or with the last block of an encryption
 * @param abortable what must be closed to end a write that waits
 */
public record FlowOutput(String name, WritableByteChannel channel, Closeable abortable) {}
