package io.ringmain.logs.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happens to files that are followed: steps, and the lines that come of them. */
final class FollowScenarios {

    private static final Instant LATEST = Instant.parse("2026-01-01T00:00:00Z");

    private FollowScenarios() {}

    /** Something that is done in a directory. */
    interface Action {
        void on(Path directory) throws IOException;
    }

    /** A step; some lose what was not read before, whoever reads, and are done {@code whenAllWasRead}. */
    record Step(Action action, boolean whenAllWasRead) {}

    record Scenario(String name, String pattern, List<Step> steps, List<String> lines) {

        Scenario(String name, String pattern) {
            this(name, pattern, new ArrayList<>(), new ArrayList<>());
        }

        boolean isLarge() {
            return lines.size() > 500;
        }

        Scenario then(Action action) {
            steps.add(new Step(action, false));
            return this;
        }

        Scenario thenWhenAllWasRead(Action action) {
            steps.add(new Step(action, true));
            return this;
        }

        Scenario append(String file, String text) {
            return then(directory -> Files.writeString(
                    directory.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        }

        Scenario move(String from, String to) {
            return then(directory -> Files.move(directory.resolve(from), directory.resolve(to)));
        }

        Scenario truncate(String file, long bytes) {
            return thenWhenAllWasRead(directory -> cut(directory.resolve(file), bytes));
        }

        Scenario gives(String... expected) {
            lines.addAll(List.of(expected));
            return this;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static void cut(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    static List<Scenario> all() {
        return List.of(
                growing(),
                rename(),
                renameWithinTheGlob(),
                renameWhoseWriterGoesOn(),
                renameInTheMiddleOfALine(),
                renameTwice(),
                rotatedBeforeAnybodyFollows(),
                rotatedTwiceAtOnceByNumber(),
                rotatedTwiceAtOnceByDate(),
                copyTruncate(),
                copyTruncateToMoreThanBefore(),
                cutInTheMiddleOfALine(),
                deletion(),
                deletionOfOneThatGrows(),
                reusedInode(),
                newFiles(),
                manyFiles());
    }

    private static Scenario growing() {
        return new Scenario("a file grows, also by parts of lines", "app.log")
                .append("app.log", "1\n2\n3")
                .append("app.log", "3\n4")
                .append("app.log", "4")
                .append("app.log", "\n")
                .append("app.log", "x".repeat(5000))
                .append("app.log", "\n5\n")
                .gives("1", "2", "33", "44", "x".repeat(5000), "5");
    }

    private static Scenario rename() {
        return new Scenario("rename, then a new file", "app.log")
                .append("app.log", "1\n2\n3\n4\n5\n")
                .move("app.log", "app.log.1")
                .append("app.log", "6\n7\n")
                .append("app.log", "8\n")
                .gives("1", "2", "3", "4", "5", "6", "7", "8");
    }

    private static Scenario renameWithinTheGlob() {
        return new Scenario("rename to a name that the glob takes too", "app.log*")
                .append("app.log", "1\n2\n3\n4\n5\n")
                .then(directory -> {
                    Files.move(directory.resolve("app.log"), directory.resolve("app.log.1"));
                    Files.writeString(directory.resolve("app.log"), "6\n");
                })
                .append("app.log", "7\n")
                .then(directory -> {
                    Files.move(directory.resolve("app.log.1"), directory.resolve("app.log.2"));
                    Files.move(directory.resolve("app.log"), directory.resolve("app.log.1"));
                    Files.writeString(directory.resolve("app.log"), "8\n");
                })
                .append("app.log", "9\n")
                .gives("1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    private static Scenario renameWhoseWriterGoesOn() {
        return new Scenario("rename, and the writer still writes to the old file", "app.log")
                .append("app.log", "1\n2\n")
                .move("app.log", "app.log.1")
                .append("app.log.1", "3\n")
                .append("app.log.1", "4\n")
                .append("app.log", "5\n")
                .gives("1", "2", "3", "4", "5");
    }

    private static Scenario renameInTheMiddleOfALine() {
        return new Scenario("rename in the middle of a line", "app.log")
                .append("app.log", "1\n2")
                .move("app.log", "app.log.1")
                .append("app.log", "4\n")
                .append("app.log.1", "3\n")
                .gives("1", "23", "4");
    }

    private static Scenario renameTwice() {
        return new Scenario("two renames, one after the other", "app.log")
                .append("app.log", "1\n2\n3\n")
                .move("app.log", "app.log.1")
                .append("app.log", "4\n5\n")
                .then(directory -> {
                    Files.move(directory.resolve("app.log.1"), directory.resolve("app.log.2"));
                    Files.move(directory.resolve("app.log"), directory.resolve("app.log.1"));
                })
                .append("app.log", "6\n")
                .gives("1", "2", "3", "4", "5", "6");
    }

    private static Scenario rotatedBeforeAnybodyFollows() {
        return new Scenario("three files of one log that are found together", "app.log*")
                .then(directory -> {
                    write(directory.resolve("app.log"), 0, "5\n6\n");
                    write(directory.resolve("app.log.1"), 10, "3\n4\n");
                    write(directory.resolve("app.log.2"), 20, "1\n2\n");
                })
                .append("app.log", "7\n")
                .gives("1", "2", "3", "4", "5", "6", "7");
    }

    private static Scenario rotatedTwiceAtOnceByNumber() {
        return new Scenario("two rotations between two looks, by number", "app.log*")
                .then(directory -> write(directory.resolve("app.log"), 20, "1\n2\n3\n4\n5\n"))
                .then(directory -> {
                    Files.move(directory.resolve("app.log"), directory.resolve("app.log.2"));
                    write(directory.resolve("app.log.1"), 10, "6\n7\n");
                    write(directory.resolve("app.log"), 0, "8\n");
                })
                .append("app.log", "9\n")
                .gives("1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    private static Scenario rotatedTwiceAtOnceByDate() {
        Scenario scenario = new Scenario("two rotations between two looks, by date, of a long file", "app*.log");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            String line = i + "x".repeat(8000);
            text.append(line).append('\n');
            scenario.gives(line);
        }
        return scenario.then(directory -> write(directory.resolve("app.log"), 20, text.toString()))
                .then(directory -> {
                    Files.move(directory.resolve("app.log"), directory.resolve("app-1.log"));
                    write(directory.resolve("app-2.log"), 10, "a\nb\n");
                    write(directory.resolve("app.log"), 0, "c\n");
                })
                .append("app.log", "d\n")
                .gives("a", "b", "c", "d");
    }

    /** Writes a file so that it seems to be so old. */
    private static void write(Path file, long ageS, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(LATEST.minusSeconds(ageS)));
    }

    private static Scenario copyTruncate() {
        return new Scenario("copy and truncate", "app.log")
                .append("app.log", "1\n2\n3\n")
                .thenWhenAllWasRead(directory -> {
                    Files.copy(directory.resolve("app.log"), directory.resolve("app.log.1"));
                    cut(directory.resolve("app.log"), 0);
                })
                .append("app.log", "4\n")
                .append("app.log", "5\n")
                .gives("1", "2", "3", "4", "5");
    }

    private static Scenario copyTruncateToMoreThanBefore() {
        return new Scenario("copy and truncate, and soon more than before", "app.log")
                .append("app.log", "1\n2\n3\n")
                .thenWhenAllWasRead(directory -> {
                    Files.copy(directory.resolve("app.log"), directory.resolve("app.log.1"));
                    cut(directory.resolve("app.log"), 0);
                    Files.writeString(directory.resolve("app.log"), "4\n5\n6\n7\n8\n", StandardOpenOption.APPEND);
                })
                .append("app.log", "9\n")
                .gives("1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    private static Scenario cutInTheMiddleOfALine() {
        return new Scenario("cut in the middle of a line that has no end yet", "app.log")
                .append("app.log", "1\n2\nabcdef")
                .truncate("app.log", 7)
                .append("app.log", "XYZ\n3\n")
                .append("app.log", "4\n")
                .gives("1", "2", "abcXYZ", "3", "4");
    }

    private static Scenario deletion() {
        return new Scenario("deletion, then a new file", "app.log")
                .append("app.log", "1\n2\n3\n4\n5\n")
                .thenWhenAllWasRead(directory -> Files.delete(directory.resolve("app.log")))
                .append("app.log", "6\n")
                .append("app.log", "7\n")
                .gives("1", "2", "3", "4", "5", "6", "7");
    }

    private static Scenario deletionOfOneThatGrows() {
        return new Scenario("deletion and a new file at once", "*.log")
                .append("app.log", "1\n2\n")
                .append("app.log", "3\n")
                .thenWhenAllWasRead(directory -> {
                    Files.delete(directory.resolve("app.log"));
                    Files.writeString(directory.resolve("app.log"), "4\n5\n6\n7\n");
                })
                .append("app.log", "8\n")
                .gives("1", "2", "3", "4", "5", "6", "7", "8");
    }

    private static Scenario reusedInode() {
        return new Scenario("the same inode with another content, as long as before", "app.log")
                .append("app.log", "1\n2\n3\n")
                .thenWhenAllWasRead(directory -> {
                    cut(directory.resolve("app.log"), 0);
                    Files.writeString(directory.resolve("app.log"), "4\n5\n6\n", StandardOpenOption.APPEND);
                })
                .append("app.log", "7\n")
                .gives("1", "2", "3", "4", "5", "6", "7");
    }

    private static Scenario newFiles() {
        return new Scenario("new files that the glob takes", "**/*.log")
                .append("b.log", "1\n2\n")
                .append("a.log", "3\n")
                .then(directory -> Files.createDirectories(directory.resolve("deep/er")))
                .append("deep/er/c.log", "4\n")
                .append("no.txt", "no\n")
                .append("b.log", "5\n")
                .gives("1", "2", "3", "4", "5");
    }

    private static Scenario manyFiles() {
        Scenario scenario = new Scenario("1,000 small files", "*.log");
        for (int round = 0; round < 2; round++) {
            String text = "round " + round;
            scenario.then(directory -> {
                for (int i = 0; i < 1000; i++) {
                    Files.writeString(
                            directory.resolve(i + ".log"),
                            i + " " + text + "\n" + i + " again\n",
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
            });
            for (int i = 0; i < 1000; i++) {
                scenario.gives(i + " " + text, i + " again");
            }
        }
        return scenario.thenWhenAllWasRead(directory -> {
            for (int i = 0; i < 1000; i += 3) {
                Files.delete(directory.resolve(i + ".log"));
            }
        });
    }
}
