package io.ringmain.cli.trial;

import io.ringmain.logs.plan.Mark;
import java.util.List;
import java.util.Optional;

/** A value of a file of cases, with its place. */
sealed interface Tree {

    /** Where it is written. */
    Mark mark();

    /** What it is, for messages. */
    String describe();

    /** A text; {@code isPlain} without quotes. */
    record Text(String text, boolean isPlain, Mark mark) implements Tree {

        boolean isNothing() {
            return isPlain && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }

        @Override
        public String describe() {
            return isNothing() ? "nothing" : text;
        }
    }

    /** A list. */
    record Items(List<Tree> items, Mark mark) implements Tree {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /** A mapping, in the order of the text. */
    record Names(List<Entry> entries, Mark mark) implements Tree {

        Optional<Tree> find(String name) {
            return entries.stream()
                    .filter(entry -> entry.name().equals(name))
                    .map(Entry::value)
                    .findFirst();
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /** A name with its value; {@code mark} is the name's place. */
    record Entry(String name, Mark mark, Tree value) {}
}
