package io.ringmain.perf.chaos;

import java.util.List;
import java.util.stream.Stream;

/**
 * A named spot of the engine's code at which a process is killed.
 *
 * @param name what it is called on the command line
 * @param place the class, as class files name it
 * @param method the method, by name
 * @param spot where in it
 * @param often how often it is reached in a run at least: the time at which the process is killed is drawn from 1 to this
 * @param variant the plan in which it is reached
 * @param atRestart whether it is reached only by a run that goes on at a checkpoint
 */
record CrashPoint(String name, String place, String method, Spot spot, int often, Variant variant, boolean atRestart) {

    private static final String CORE = "io/ringmain/internal/";
    private static final String RING_WRITER = CORE + "ring/RingWriter";
    private static final String SINK_LANE = CORE + "delivery/SinkLane";
    private static final String CHECKPOINTS = CORE + "checkpoint/Checkpoints";
    private static final String SAVED = CORE + "checkpoint/Saved";
    private static final String SPILLING = CORE + "edge/Spilling";
    private static final String SPILL_FILE = CORE + "edge/SpillFile";
    private static final String CONTROL_WRITER = CORE + "ring/ControlWriter";
    private static final String PARKING_LANE = CORE + "stage/ParkingLane";
    private static final String PARKING_ARENA = CORE + "stage/ParkingArena";
    private static final String WINDOW = CORE + "window/";
    private static final String JOURNAL = "io/ringmain/journal/";
    private static final String LETTERS = JOURNAL + "ChronicleDeadLetters";
    private static final String LETTER_WRITER = JOURNAL + "LetterWriter";
    private static final String LETTER_RETRIES = JOURNAL + "LetterRetries";
    private static final String QUEUE = JOURNAL + "internal/queue/";
    private static final String FLUSH = CHECKPOINTS + "$Flush";
    private static final String SINK = "io/ringmain/spi/Sink";
    private static final String STORE = "io/ringmain/spi/CheckpointStore";
    private static final String FILE_STORE = "io/ringmain/spi/FileCheckpointStore";
    private static final String FILE_SINK = "io/ringmain/logs/file/FileSink";
    private static final String FILE_SOURCE = "io/ringmain/logs/file/FileSource";
    private static final String FOLLOWED = "io/ringmain/logs/file/FollowedFile";
    private static final String CHANNEL = "java/nio/channels/FileChannel";
    private static final String FILES = "java/nio/file/Files";
    private static final String LONG_MAP = "org/agrona/collections/Long2LongHashMap";
    private static final String RANDOM_FILE = "java/io/RandomAccessFile";

    /** All points, in the order in which an event, then a checkpoint, then a restart passes them. */
    static final List<CrashPoint> ALL = Stream.of(
                    events(), checkpoints(), windows(), spill(), parking(), letters(), retries(), restart(), end())
            .flatMap(List::stream)
            .toList();

    private static List<CrashPoint> events() {
        return List.of(
                of("after-claim", RING_WRITER, "claim", Spot.EXIT).upTo(5000),
                of("before-publish", RING_WRITER, "publish", Spot.ENTRY).upTo(40),
                of("claimed-in-ring", RING_WRITER, "publish", Spot.before("com/lmax/disruptor/RingBuffer", "publish"))
                        .upTo(40),
                of("after-publish", RING_WRITER, "publish", Spot.EXIT).upTo(40),
                of("in-stage-batch", CORE + "stage/StageLane", "apply", Spot.ENTRY)
                        .upTo(20_000),
                of("in-pool-worker", CORE + "stage/PoolLane", "work", Spot.EXIT)
                        .upTo(100)
                        .in(Variant.POOL),
                of("in-aggregate", CORE + "stage/IntoLane", "take", Spot.ENTRY).upTo(100),
                of("before-sink-write", SINK_LANE, "write", Spot.before(SINK, "write"))
                        .upTo(40),
                of("half-a-batch-encoded", FILE_SINK, "write", Spot.after("io/ringmain/logs/file/Encoder", "encode"))
                        .upTo(9000),
                of("batch-in-file-not-settled", FILE_SINK, "write", Spot.EXIT).upTo(40),
                of("after-sink-write", SINK_LANE, "write", Spot.after(SINK, "write"))
                        .upTo(40));
    }

    private static List<CrashPoint> checkpoints() {
        return List.of(
                of("source-saved", CHECKPOINTS, "barrier", Spot.after(SAVED, "save"))
                        .upTo(4),
                of("barrier-published", CHECKPOINTS, "barrier", Spot.after(CONTROL_WRITER, "control"))
                        .upTo(4),
                of("before-flush", SINK_LANE, "flush", Spot.before(SINK, "flush"))
                        .upTo(4),
                of("after-flush", SINK_LANE, "flush", Spot.after(SINK, "flush")).upTo(4),
                of("before-mark", SINK_LANE, "flush", Spot.before(SAVED, "save"))
                        .upTo(4),
                of("after-mark", SINK_LANE, "flush", Spot.after(SAVED, "save")).upTo(4),
                of("barrier-passed-on", CORE + "stage/IntoLane", "control", Spot.before(SAVED, "save"))
                        .upTo(4),
                of("barrier-settled", CHECKPOINTS, "store", Spot.before(STORE, "write"))
                        .upTo(4),
                of("store-entered", FILE_STORE, "write", Spot.ENTRY).upTo(4),
                of(
                                "store-opened",
                                FILE_STORE,
                                "write",
                                Spot.after(CHANNEL, "open").only(1))
                        .upTo(4),
                of("store-first-bytes", FILE_STORE, "writeAll", Spot.after(CHANNEL, "write"))
                        .upTo(7),
                of(
                                "store-before-force",
                                FILE_STORE,
                                "write",
                                Spot.before(CHANNEL, "force").only(1))
                        .upTo(4),
                of(
                                "store-after-force",
                                FILE_STORE,
                                "write",
                                Spot.after(CHANNEL, "force").only(1))
                        .upTo(4),
                of("store-before-rename", FILE_STORE, "write", Spot.before(FILES, "move"))
                        .upTo(4),
                of("store-after-rename", FILE_STORE, "write", Spot.after(FILES, "move"))
                        .upTo(4),
                of(
                                "store-directory-forced",
                                FILE_STORE,
                                "write",
                                Spot.after(CHANNEL, "force").only(2))
                        .upTo(4),
                of("store-done", CHECKPOINTS, "store", Spot.after(STORE, "write"))
                        .upTo(4));
    }

    private static List<CrashPoint> windows() {
        return Stream.of(
                        of("event-keyed", WINDOW + "WindowLanes$InFront", "process", Spot.EXIT)
                                .upTo(5000),
                        of("event-in-pane", WINDOW + "WindowLanes$Adding", "process", Spot.EXIT)
                                .upTo(5000),
                        of("window-row", WINDOW + "WindowEmitter", "give", Spot.EXIT)
                                .upTo(5000),
                        of("window-times-saved", WINDOW + "WindowLanes$InFront", "write", Spot.EXIT)
                                .upTo(4),
                        of("open-panes-saved", WINDOW + "OpenPanes", "put", Spot.EXIT)
                                .upTo(500),
                        of("window-saved", WINDOW + "WindowLanes", "save", Spot.EXIT)
                                .upTo(4),
                        of("window-loaded", WINDOW + "WindowEmitter", "load", Spot.EXIT)
                                .whenRestarted())
                .map(point -> point.in(Variant.WINDOWS))
                .toList();
    }

    private static List<CrashPoint> spill() {
        return Stream.of(
                        of("spill-opened", SPILL_FILE, "opened", Spot.EXIT),
                        of("spill-entered", SPILL_FILE, "append", Spot.ENTRY).upTo(500),
                        of(
                                        "spill-length-written",
                                        SPILL_FILE,
                                        "append",
                                        Spot.after(SPILL_FILE, "write").only(1))
                                .upTo(500),
                        of(
                                        "spill-record-written",
                                        SPILL_FILE,
                                        "append",
                                        Spot.after(SPILL_FILE, "write").only(2))
                                .upTo(500),
                        of("spill-record-read", SPILL_FILE, "first", Spot.EXIT).upTo(500),
                        of("spill-record-in-room", SPILLING, "read", Spot.before(SPILL_FILE, "removeFirst"))
                                .upTo(500),
                        of("spill-record-removed", SPILL_FILE, "removeFirst", Spot.EXIT)
                                .upTo(500),
                        of("spill-emptied", SPILL_FILE, "removeFirst", Spot.before(RANDOM_FILE, "setLength")),
                        of("spill-has-barrier", SPILLING, "controlElsewhere", Spot.after(SPILL_FILE, "append"))
                                .upTo(2),
                        of(
                                        "spill-barrier-read",
                                        SPILLING,
                                        "read",
                                        Spot.after(CORE + "edge/WaitingRoom", "appendControl"))
                                .upTo(2),
                        of("spill-before-delete", SPILL_FILE, "close", Spot.before(FILES, "deleteIfExists")))
                .map(point -> point.in(Variant.SPILL))
                .toList();
    }

    private static List<CrashPoint> restart() {
        return Stream.of(
                        of("restart-locked", FILE_STORE, "open", Spot.EXIT),
                        of("restart-read", FILE_STORE, "read", Spot.EXIT),
                        of("restart-part-loaded", CHECKPOINTS, "load", Spot.after(SAVED, "load"))
                                .upTo(4),
                        of("restart-sink-open", FILE_SINK, "open", Spot.before(CHANNEL, "truncate")),
                        of("restart-sink-cut", FILE_SINK, "open", Spot.after(CHANNEL, "truncate"))
                                .upTo(2),
                        of("restart-before-source", FILE_SOURCE, "open", Spot.ENTRY),
                        of("restart-source-open", FILE_SOURCE, "open", Spot.EXIT),
                        of("restart-first-read", FILE_SOURCE, "read", Spot.EXIT))
                .map(CrashPoint::whenRestarted)
                .toList();
    }

    private static List<CrashPoint> parking() {
        return Stream.of(
                        of("set-aside", PARKING_LANE, "setAside", Spot.EXIT).upTo(500),
                        of("parked-tried", PARKING_LANE, "tryDue", Spot.EXIT).upTo(500),
                        of("parked-goes-on", PARKING_ARENA, "leave", Spot.ENTRY).upTo(500),
                        of("parked-saved", PARKING_ARENA, "save", Spot.EXIT).upTo(4),
                        of("parked-loaded", PARKING_ARENA, "load", Spot.EXIT).whenRestarted())
                .map(point -> point.in(Variant.PARKING))
                .toList();
    }

    private static List<CrashPoint> letters() {
        return Stream.of(
                        of("letter-taken", LETTERS, "addTyped", Spot.after(LETTER_WRITER, "add"))
                                .upTo(500),
                        of("letters-swapped", LETTER_WRITER, "awaitWork", Spot.EXIT)
                                .upTo(40),
                        of("letter-before-append", LETTER_WRITER, "writeLetters", Spot.before(LETTER_WRITER, "write"))
                                .upTo(500),
                        of(
                                        "letter-half-written",
                                        QUEUE + "ChronicleAppender",
                                        "finish",
                                        Spot.before("net/openhft/chronicle/wire/DocumentContext", "close"))
                                .upTo(500),
                        of("letter-appended", LETTER_WRITER, "writeLetters", Spot.after(LETTER_WRITER, "write"))
                                .upTo(500),
                        of("letters-before-sync", LETTER_WRITER, "writeRound", Spot.before(LETTER_WRITER, "sync"))
                                .upTo(40),
                        of("letters-round-done", LETTER_WRITER, "writeRound", Spot.EXIT)
                                .upTo(40),
                        of("letters-saved", LETTERS, "save", Spot.EXIT).upTo(4),
                        of("letters-before-flush", CHECKPOINTS, "store", Spot.before(FLUSH, "run"))
                                .upTo(4),
                        of("letters-after-flush", CHECKPOINTS, "store", Spot.after(FLUSH, "run"))
                                .upTo(4),
                        of("letters-closing", LETTERS, "close", Spot.ENTRY),
                        of("letters-walked", LETTERS, "open", Spot.after(LETTERS, "walk"))
                                .whenRestarted(),
                        of("letters-open", LETTERS, "open", Spot.EXIT).whenRestarted(),
                        of("letter-known", JOURNAL + "KnownLetters", "unlink", Spot.EXIT)
                                .upTo(20)
                                .whenRestarted())
                .map(point -> point.in(Variant.LETTERS))
                .toList();
    }

    private static List<CrashPoint> retries() {
        return Stream.of(
                        of("retry-claimed", LETTER_RETRIES, "claim", Spot.EXIT).upTo(500),
                        of("retry-failed-again", LETTERS, "addTyped", Spot.before(JOURNAL + "Flight", "failedAgain"))
                                .upTo(200),
                        of("child-appended", LETTER_WRITER, "written", Spot.after(LONG_MAP, "put"))
                                .upTo(200),
                        of("retries-acknowledged", LETTER_RETRIES, "acknowledged", Spot.ENTRY)
                                .upTo(4),
                        of("marks-taken", LETTER_WRITER, "mark", Spot.EXIT).upTo(4),
                        of("mark-before-append", LETTER_WRITER, "writeMark", Spot.before(LETTER_WRITER, "write"))
                                .upTo(200),
                        of("mark-appended", LETTER_WRITER, "writeMark", Spot.after(LETTER_WRITER, "write"))
                                .upTo(200),
                        of(
                                "letters-file-begun",
                                QUEUE + "QueueFiles",
                                "takeRoom",
                                Spot.after(QUEUE + "CurrentFile", "begin")),
                        of("letters-file-finished", QUEUE + "QueueFiles", "finish", Spot.EXIT))
                .map(point -> point.in(Variant.RETRIES))
                .toList();
    }

    private static List<CrashPoint> end() {
        return List.of(
                of("next-small-file", "io/ringmain/logs/file/FilesInTurn", "next", Spot.EXIT)
                        .upTo(20)
                        .in(Variant.FILES),
                of("followed-file-read", FOLLOWED, "read", Spot.EXIT).upTo(5).in(Variant.FOLLOW),
                of("last-barrier-published", CHECKPOINTS, "publishLast", Spot.EXIT),
                of("end-published", CORE + "intake/IntakeLane", "end", Spot.EXIT),
                of("results-emitted", CORE + "stage/IntoLane", "ask", Spot.after(CORE + "ring/EventWriter", "commit")),
                of("sink-closing", FILE_SINK, "close", Spot.ENTRY).upTo(2),
                of("store-closing", FILE_STORE, "close", Spot.ENTRY));
    }

    private static CrashPoint of(String name, String place, String method, Spot spot) {
        return new CrashPoint(name, place, method, spot, 1, Variant.PLAIN, false);
    }

    private CrashPoint upTo(int times) {
        return new CrashPoint(name, place, method, spot, times, variant, atRestart);
    }

    private CrashPoint in(Variant plan) {
        return new CrashPoint(name, place, method, spot, often, plan, atRestart);
    }

    private CrashPoint whenRestarted() {
        return new CrashPoint(name, place, method, spot, often, variant, true);
    }

    /** The point called {@code name}. */
    static CrashPoint named(String name) {
        return ALL.stream()
                .filter(point -> point.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--points: " + name + " (expected: all, none or one of "
                        + ALL.stream().map(CrashPoint::name).toList() + ')'));
    }
}
