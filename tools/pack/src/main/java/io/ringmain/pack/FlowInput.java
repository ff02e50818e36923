package io.ringmain.pack;

import java.io.Closeable;
import java.nio.channels.ReadableByteChannel;

/**
 * Where a flow reads from.
 *
 * @param name what errors call it
 * @param channel gives the bytes; closed by who made it
 * @param abortable what must be closed to end a read that waits
 */
public record FlowInput(String name, ReadableByteChannel channel, Closeable abortable) {}
