package io.ringmain.cli.stat;

import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.agrona.concurrent.status.CountersReader;

/**
 * Where things are in the file, after Aeron's CnC file. Numbers are in the byte order of the machine: nobody reads the file elsewhere.
 *
 * <pre>
 *     0      8      16       24         32       40     44        48       52      56        60      64       256
 *     +------+------+--------+----------+--------+------+---------+--------+-------+---------+-------+---------+
 *     | word | pid  | started| heartbeat| changes| state| metadata| values | errors| commands| name  | name    |
 *     |      |      | ms     | ms       |        |      | length  | length | length| length  | length| UTF-8   |
 *     +------+------+--------+----------+--------+------+---------+--------+-------+---------+-------+---------+
 * 256 | metadata of the counters, as Agrona's CountersManager has it                                           |
 *     +--------------------------------------------------------------------------------------------------------+
 *     | values of the counters                                                                                 |
 *     +--------------------------------------------------------------------------------------------------------+
 *     | distinct errors, as Agrona's DistinctErrorLog has them                                                 |
 *     +--------------------------------------------------------------------------------------------------------+
 *     | commands to the run, as Agrona's ManyToOneRingBuffer has them                                          |
 *     +--------------------------------------------------------------------------------------------------------+
 * </pre>
 *
 * <p>The word says what the file is and its version. It is written last, with release order: who reads it with acquire order sees all
 * of the header. {@code changes} is odd while the run writes: counts read between two equal, even values of it belong together.
 */
final class CountersLayout {

    static final int VERSION = 2;
    /** "RING" above the version. */
    static final long MAGIC = 0x52494E47L << 32;

    static final int WORD_OFFSET = 0;
    static final int PID_OFFSET = 8;
    static final int STARTED_OFFSET = 16;
    static final int HEARTBEAT_OFFSET = 24;
    static final int CHANGES_OFFSET = 32;
    static final int STATE_OFFSET = 40;
    static final int METADATA_LENGTH_OFFSET = 44;
    static final int VALUES_LENGTH_OFFSET = 48;
    static final int ERRORS_LENGTH_OFFSET = 52;
    static final int COMMANDS_LENGTH_OFFSET = 56;
    static final int NAME_LENGTH_OFFSET = 60;
    static final int NAME_OFFSET = 64;
    static final int HEADER_BYTES = 256;
    static final int NAME_BYTES_MAX = HEADER_BYTES - NAME_OFFSET;

    static final int STATE_RUNNING = 1;
    static final int STATE_ENDED = 2;

    static final int COUNTERS_MAX = 1024;
    static final int METADATA_BYTES = COUNTERS_MAX * CountersReader.METADATA_LENGTH;
    static final int VALUES_BYTES = COUNTERS_MAX * CountersReader.COUNTER_LENGTH;
    /** Enough for all that a report tells apart, see {@link ErrorSection}. */
    static final int ERRORS_BYTES = 1 << 17;
    /** A command may be an eighth of it. */
    static final int COMMANDS_BYTES = (1 << 16) + RingBufferDescriptor.TRAILER_LENGTH;

    static final int COMMANDS_OFFSET = HEADER_BYTES + METADATA_BYTES + VALUES_BYTES + ERRORS_BYTES;
    static final int FILE_BYTES = COMMANDS_OFFSET + COMMANDS_BYTES;

    private CountersLayout() {}
}
