/**
 * Files packed and unpacked: a stream of chunks through ordered workers.
 *
 * <ul>
 *   <li><b>In</b>: a file, or any stream of bytes.
 *   <li><b>Out</b>: a packed one, or what was packed.
 *   <li><b>Thread</b>: stated per type.
 *   <li><b>May import</b>: what the engine's core exports; zstd-jni, lz4-java, jagged and Bouncy Castle's scrypt.
 * </ul>
 */
@NullMarked
package io.ringmain.pack;

import org.jspecify.annotations.NullMarked;
